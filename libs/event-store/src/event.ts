import type { Instant, Precision } from '#libs/calendar';

/** A stream is the history of one thing; what kind of thing is its category. */
export interface StreamRef {
  /** A UUID, best of version 7, so that new streams land at the end of the index. */
  readonly id: string;
  readonly category: string;
}

/** A fact on its way into the log. */
export interface EventToAppend {
  readonly type: string;
  /** The shape of `data` and of what is sealed; older shapes are lifted to the newest when loaded. */
  readonly schemaVersion: number;
  readonly occurredAt: Instant;
  readonly precision: Precision;
  /** Clear facts as JSON text. These very bytes are hashed and stored. */
  readonly data: string;
  /** Ciphertext by field class as JSON text, or null when the event holds nothing secret. */
  readonly sealed: string | null;
}

/** Who did it, for whom, and why they were allowed to. Ids and codes only. */
export interface EventMeta {
  readonly actor: string;
  readonly onBehalfOf?: string;
  readonly purpose: string;
  readonly legalBasis?: string;
  /** The id of the consent relied on. */
  readonly consent?: string;
  readonly traceId: string;
  /** What led to the command: the id of an event or deadline. */
  readonly causation?: string;
}

/** What the events of one command have in common. */
export interface AppendInfo {
  /** A UUID. A stream takes each command once. */
  readonly commandId: string;
  readonly recordedAt: Instant;
  readonly meta: EventMeta;
  /** The stream's head as it was when the decision was taken; null for a new stream. */
  readonly headHash: Buffer | null;
}

/** Where a stream stands. Version 0 and no hash: there is no such stream yet. */
export interface StreamHead {
  readonly version: number;
  readonly headHash: Buffer | null;
}

export interface StoredEvent {
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: Instant;
  readonly precision: Precision;
  readonly recordedAt: Instant;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The ciphertexts as they were appended, to be opened by the sealer. */
  readonly sealed: string | null;
  readonly meta: EventMeta;
  readonly hash: Buffer;
}
