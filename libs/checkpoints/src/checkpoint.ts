import { hash } from 'node:crypto';

import type { Instant } from '#libs/calendar';

const format = 'spean checkpoint 1';

/** Where the log and the audit of reads stood at one moment. It names no case: the ids are in `heads`, kept beside it. */
export interface Checkpoint {
  readonly format: typeof format;
  readonly tenant: number;
  /** Counts from 1, without a gap. */
  readonly sequence: number;
  /** SHA-256 over the signed text of the checkpoint before. */
  readonly previous: string | null;
  readonly takenAt: Instant;
  /** Id of the key that signed it. */
  readonly key: string;
  /** It covers what transactions below this id have written; none of them runs any more. */
  readonly cut: number;
  /** The cut of the checkpoint before: what lies between is what this one adds. */
  readonly from: number;
  readonly streams: number;
  readonly events: number;
  /** Merkle root over the heads of all streams. */
  readonly root: string;
  /** SHA-256 over the lines of the streams that grew since the checkpoint before. */
  readonly heads: string;
  /** Rows of the audit of reads added since the checkpoint before. */
  readonly reads: RowsDigest;
}

export interface RowsDigest {
  readonly count: number;
  readonly sha256: string;
}

/** What one checkpoint says, without what makes it a checkpoint. */
export type Findings = Pick<Checkpoint, 'takenAt' | 'cut' | 'streams' | 'events' | 'root' | 'heads' | 'reads'>;

/** A checkpoint as it is kept: the exact text that was signed, and the signature over it. */
export interface SignedCheckpoint {
  readonly signed: string;
  /** Base64. */
  readonly signature: string;
  /** Lines that name the streams. Undefined in a copy that is kept where no id of a case may be. */
  readonly heads?: string;
}

/** The file or message is no checkpoint, or one that this release does not know. */
export class NotACheckpoint extends Error {
  override readonly name = 'NotACheckpoint';
}

export const sha256 = (text: string): string => hash('sha256', text);

/** The first checkpoint follows none and covers everything from the first transaction on. */
export function following(
  before: SignedCheckpoint | undefined,
  findings: Findings,
  { tenant, key }: { tenant: number; key: string },
): Checkpoint {
  const last = before === undefined ? undefined : checkpointIn(before);
  return {
    format,
    tenant,
    sequence: (last?.sequence ?? 0) + 1,
    previous: before === undefined ? null : sha256(before.signed),
    key,
    from: last?.cut ?? 0,
    ...findings,
  };
}

/** @throws NotACheckpoint */
export function checkpointIn({ signed }: SignedCheckpoint): Checkpoint {
  const checkpoint = parsed(signed) as Partial<Checkpoint> | null;
  if (checkpoint?.format !== format) throw new NotACheckpoint('not a checkpoint, or one of a newer release');
  return checkpoint as Checkpoint;
}

/** One line of JSON: what a sink keeps, and what `parseCheckpoint` reads. */
export function writeCheckpoint({ signed, signature, heads }: SignedCheckpoint): string {
  return `${JSON.stringify({ signed, signature, ...(heads === undefined ? {} : { heads }) })}\n`;
}

/** @throws NotACheckpoint */
export function parseCheckpoint(text: string): SignedCheckpoint {
  const { signed, signature, heads } = (parsed(text) ?? {}) as Partial<SignedCheckpoint>;
  if (typeof signed !== 'string' || typeof signature !== 'string') throw new NotACheckpoint('not a checkpoint');
  checkpointIn({ signed, signature });
  return { signed, signature, ...(typeof heads === 'string' ? { heads } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotACheckpoint('not a checkpoint');
  }
}
