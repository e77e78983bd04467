import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';

import { ServiceBudget } from '#libs/identities';

import { RequestProblem } from './problem.js';

/** Counts what programs write before it is written, and what they are told before it is told. */
@Injectable()
export class RecordBudget implements NestInterceptor {
  constructor(private readonly budget: ServiceBudget) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { service, method, body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (service === undefined) return next.handle();
    if (method !== 'GET')
      return from(this.#spend(service, listedIn(body, 'data') ?? 1)).pipe(mergeMap(() => next.handle()));
    return next.handle().pipe(
      mergeMap(async (told: unknown) => {
        await this.#spend(service, recordsIn(told));
        return told;
      }),
    );
  }

  /** @throws RequestProblem when it was too much */
  async #spend(service: string, records: number): Promise<void> {
    if (!(await this.budget.spend(service, records))) throw new RequestProblem('account-frozen');
  }
}

/** A list is as many records as it has lines; anything else is one. */
function recordsIn(told: unknown): number {
  if (Array.isArray(told)) return told.length;
  return listedIn(told, 'items') ?? listedIn(told, 'data') ?? 1;
}

/** @param name under which a list stands: ours, or the one that other systems use in either direction */
function listedIn(message: unknown, name: 'items' | 'data'): number | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const list = (message as Record<string, unknown>)[name];
  return Array.isArray(list) ? list.length : undefined;
}
