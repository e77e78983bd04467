import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { isNativeError } from 'node:util/types';

import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';

import type { OwedNotice } from './outbox.js';
import type { MessageText } from './templates.js';

export interface MailSettings {
  /** `smtp://user:password@host:port` or `smtps://…` */
  readonly smtpUrl: string;
  /** Address that messages come from. */
  readonly from: string;
}

const connectionTimeout = 5_000;
const greetingTimeout = 5_000;
const socketTimeout = 15_000;

/** Errors of nodemailer that say something about the server rather than about one message. */
const unreachableCodes = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS'];
const leaveAloneMs = 30_000;

/** The mail server could not be reached a moment ago and is not asked again yet. */
export class MailServerUnreachable extends Error {
  override readonly name = 'MailServerUnreachable';
}

/**
 * Hands messages to a mail server. One that can't be reached is left alone for half a minute: if every message ran into
 * the time-out, notices would queue up before they reach even the inbox.
 */
export class Mailer {
  readonly #transport: Transporter;
  readonly #from: string;
  #leaveAloneUntil = 0;

  constructor({ smtpUrl, from }: MailSettings) {
    const timeouts = { connectionTimeout, greetingTimeout, socketTimeout };
    this.#transport = createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
    this.#from = from;
  }

  /**
   * Resolves when the server has taken the message.
   *
   * @throws MailServerUnreachable, and nodemailer's errors with `code` and `responseCode`
   */
  async send(to: string, text: MessageText, messageId: string): Promise<void> {
    if (performance.now() < this.#leaveAloneUntil) throw new MailServerUnreachable('left alone for a while');
    try {
      await this.#transport.sendMail(this.#message(to, text, messageId));
    } catch (error) {
      if (isUnreachable(error)) this.#leaveAloneUntil = performance.now() + leaveAloneMs;
      throw error;
    }
  }

  close(): void {
    this.#transport.close();
  }

  #message(to: string, { subject, body }: MessageText, messageId: string): SendMailOptions {
    return {
      from: this.#from,
      to: { name: '', address: to },
      subject,
      text: body,
      messageId: `<${messageId}@${domainOf(this.#from)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no holiday notices in answer, please
    };
  }
}

function isUnreachable(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && unreachableCodes.includes(String(error.code));
}

/**
 * The same message to the same person always has the same id: a server may have taken a message whose acceptance we
 * never heard of, and the repeat can then be recognised. A digest, so that mail logs hold no id of a case.
 */
export function messageIdOf({ streamId, version }: OwedNotice, recipient: string): string {
  return createHash('sha256').update(`${streamId} ${version} ${recipient}`).digest('hex').slice(0, 32);
}

const domainOf = (address: string): string => /@([^@>\s]+)>?$/.exec(address)?.[1] ?? 'localhost';
