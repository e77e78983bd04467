import type { Mailer } from '#libs/notifications';

import { checkpointIn, sha256, writeCheckpoint, type SignedCheckpoint } from '../checkpoint.js';
import type { CheckpointSink } from './sink.js';

/**
 * The mailbox of a partner. The message is the checkpoint alone, without the lines that name streams: an id of a case
 * leaves the program in no message. It shows that the log was bent; the lines of a folder show where.
 */
export class MailSink implements CheckpointSink {
  readonly name: string;
  readonly fromTheFirst = false;
  readonly #mailer: Mailer;
  readonly #to: string;

  constructor(mailer: Mailer, to: string) {
    this.#mailer = mailer;
    this.#to = to;
    this.name = `mail ${to}`;
  }

  async deliver(sequence: number, { signed, signature }: SignedCheckpoint): Promise<void> {
    const { takenAt } = checkpointIn({ signed, signature });
    const text = { subject: `Spean checkpoint ${sequence}, ${takenAt}`, body: writeCheckpoint({ signed, signature }) };
    await this.#mailer.send(this.#to, text, `checkpoint-${sha256(signed).slice(0, 32)}`);
  }
}
