import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

import type { AttachmentKind } from '#libs/pathways';

import { disposition } from './file-name.js';

/** A file on its way to somebody: what the trace of the read has to know lies open, the content does not. */
export class ShownFile {
  readonly #content: Buffer;

  constructor(
    content: Buffer,
    readonly kind: AttachmentKind,
    readonly personId: string,
    /** Named for the class of fields that it shows. */
    readonly narrative: { readonly fileName: string | undefined; readonly size: number },
  ) {
    this.#content = content;
  }

  get content(): Buffer {
    return this.#content;
  }
}

const mediaTypes: Record<AttachmentKind, string> = {
  pdf: 'application/pdf',
  text: 'text/plain; charset=utf-8',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
};

/** Hands files out to be saved, never to be shown in a page of ours. */
@Injectable()
export class ShownFiles implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!(answer instanceof ShownFile)) return answer;
        void reply.headers({
          'content-type': mediaTypes[answer.kind],
          'content-disposition': disposition(answer.narrative.fileName, answer.kind),
        });
        return answer.content;
      }),
    );
  }
}
