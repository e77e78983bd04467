import { randomBytes } from 'node:crypto';

import { Secret, TOTP } from 'otpauth';

import type { Instant } from '#libs/calendar';
import type { MasterKey, WrappedColumn } from '#libs/privacy';

const issuer = 'Spean';
const secretBytes = 20;
const periodSeconds = 30;
/** Codes of the step before and after are taken, too: clocks of telephones differ, and people type slowly. */
const window = 1;

const codeShape = /^\d{6}$/;

const contextOf = (staffId: string): string => `time-based code of ${staffId}`;

/** Where secrets lie: those that count, and those that were shown and not confirmed yet. */
export const totpColumns: readonly WrappedColumn[] = ['totp_secret', 'totp_offered'].map((wrapped) => ({
  table: 'accounts',
  id: { staff_id: 'text' },
  wrapped,
  masterKeyId: `${wrapped}_master_key_id`,
  contextOf: (_tenant, { staff_id = '' }) => contextOf(staff_id),
}));

export interface OfferedTotp {
  /** For typing it in. */
  readonly secret: string;
  /** For the QR code that authenticator apps read. */
  readonly uri: string;
}

export interface NewTotp extends OfferedTotp {
  /** As it is kept. */
  readonly wrapped: string;
}

export async function newTotp(masterKey: MasterKey, staffId: string): Promise<NewTotp> {
  const bytes = randomBytes(secretBytes);
  const secret = secretOf(bytes);
  const wrapped = await masterKey.wrap(bytes, contextOf(staffId));
  return { wrapped, secret: secret.base32, uri: generator(secret, staffId).toString() };
}

/**
 * The time step of a code, which the library leaves to us to remember: the same code is right for a minute and a half,
 * so whoever saw it being typed could use it, too.
 *
 * @returns undefined for a wrong code, and for one of a step that was accepted before
 */
export async function stepOfCode(
  masterKey: MasterKey,
  { wrapped, lastStep }: { wrapped: string; lastStep: number },
  { staffId, code, now }: { staffId: string; code: string; now: Instant },
): Promise<number | undefined> {
  // The library compares bytes of one length, and fails where a character is more than one.
  if (!codeShape.test(code)) return undefined;
  const bytes = await masterKey.unwrap(wrapped, contextOf(staffId));
  const secret = secretOf(bytes);
  const timestamp = Date.parse(now);
  const delta = generator(secret, staffId).validate({ token: code, timestamp, window });
  if (delta === null) return undefined;
  const step = TOTP.counter({ period: periodSeconds, timestamp }) + delta;
  return step > lastStep ? step : undefined;
}

const secretOf = (bytes: Buffer): Secret => new Secret({ buffer: Uint8Array.from(bytes).buffer });

const generator = (secret: Secret, label: string): TOTP =>
  new TOTP({ issuer, label, secret, period: periodSeconds, digits: 6, algorithm: 'SHA1' });
