import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

import { fieldErrors } from './field-errors.js';
import { invalidFields } from './problem.js';

/** Turns a body or query into its class and refuses whatever the class does not know, naming every field at once. */
@Injectable()
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const prefix = metadata.type === 'body' ? '' : metadata.type;
    this.exceptionFactory = (errors: ValidationError[]) => invalidFields(...fieldErrors(errors, prefix));
    return super.transform(value, metadata);
  }
}
