import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';

import type { Caller } from '#libs/access';
import type { Envelope, Idempotency } from '#libs/case-commands';
import type { Actor } from '#libs/cases';

import { callerOf } from './caller.js';
import type { RequestWithBytes } from './json-body.js';
import { expectedVersion, idempotencyOf } from './preconditions.js';

/** Who asks for a change, under which trace, and on which conditions. */
export interface AskedBy extends Envelope {
  expectedVersion?: number;
}

/** Why the API touches a child's record. */
const purpose = 'case_management';

/** Namespace of ids that are made for a request with an idempotency key. */
const namespace = '0d8f6c5e-3b57-5e0c-9c41-7c1f3b0a6d55';

/** Hands a route what a command has to know besides its own data. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): AskedBy => {
  const request = context.switchToHttp().getRequest<RequestWithBytes>();
  const caller = callerOf(request);
  const version = expectedVersion(request);
  const idempotency = idempotencyOf(request, caller.id);
  return {
    actor: actorOf(caller),
    purpose,
    traceId: request.id,
    ...(version === undefined ? {} : { expectedVersion: version }),
    ...(idempotency === undefined ? {} : { idempotency }),
  };
});

/** Who acts, without what only a conversation needs. */
function actorOf({ title: _title, language: _language, ...actor }: Caller): Actor {
  return actor;
}

/** An id for something new. The same request sent again gets the same one, so that its answer is the same, too. */
export function mintId(idempotency: Idempotency | undefined): string {
  if (idempotency === undefined) return uuidv7();
  return uuidv5(`${idempotency.caller}|${idempotency.key}|${idempotency.bodyDigest.toString('hex')}`, namespace);
}
