import type { Answer } from '#libs/case-commands';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What a command came to, before it is written as an answer. */
export class Recorded {
  constructor(
    readonly answer: Answer,
    /** Id of what the command made within the case; absent: the case or person itself. */
    readonly made?: string,
    readonly location?: string,
  ) {}

  /** The same, saying where what was made can be read. */
  at(collection: string): Recorded {
    return new Recorded(this.answer, this.made, `${collection}/${this.made ?? this.answer.id}`);
  }
}

/** Writes answers to commands alike: the version as ETag, where the new thing is, whether it was said before. */
@Injectable()
export class RecordedAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((value: unknown) => (value instanceof Recorded ? write(value, reply) : value)));
  }
}

function write({ answer, made, location }: Recorded, reply: FastifyReply) {
  const { id, version, events, repeated } = answer;
  void reply.headers({
    etag: `"${version}"`,
    ...(location === undefined ? {} : { location }),
    ...(repeated ? { 'idempotency-replayed': 'true' } : {}),
  });
  return { id: made ?? id, version, events };
}
