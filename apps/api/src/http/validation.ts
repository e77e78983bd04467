import { Injectable, ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

import { fieldErrors } from './field-errors.js';
import { invalidFields } from './problem.js';

/** Turns a body or query into its class and refuses whatever the class does not know, naming every field at once. */
@Injectable()
export class RequestValidation implements PipeTransform {
  readonly #body = validating('');
  readonly #query = validating('query');

  /** @throws RequestProblem */
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') return this.#body.transform(value, metadata) as Promise<unknown>;
    if (metadata.type === 'query') return this.#query.transform(value, metadata) as Promise<unknown>;
    return value;
  }
}

/** @param prefix where the fields stand in the request */
function validating(prefix: string): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors: ValidationError[]) => invalidFields(...fieldErrors(errors, prefix)),
  });
}
