import type { Clock, Instant } from '#libs/calendar';
import type { Database, DatabaseContext, Transaction } from '#libs/database';
import { digestOf, type OutgoingRecord } from '#libs/interop';
import type { Sealer } from '#libs/privacy';
import type { SaidBefore } from '#libs/record-exchange';
import { v7 as uuidv7 } from 'uuid';
import { TargetAway } from '../asking/errors.js';

/** What is told: the case itself, a referral that is asked for, an answer to one, or under which id we know a case. */
export type SentKind = 'case' | 'referral' | 'decision' | 'link';
export type SentState = 'pending' | 'sent' | 'confirmed' | 'quarantined' | 'parked' | 'ignored';

/** One thing that is told to a target again and again as it changes. */
export interface SentSubject {
  readonly caseId: string;
  readonly personId: string;
  /** Of the case. */
  readonly version: number;
  readonly kind: SentKind;
  readonly referralId?: string;
  readonly recipient: string;
}

export interface BegunRecord {
  readonly sentId: string;
  /** It was asked for before, and nobody knows whether that arrived. */
  readonly unanswered: boolean;
}

export interface Outcome {
  readonly state: Exclude<SentState, 'pending'>;
  readonly reason?: string;
  /** Names of fields, never values. */
  readonly findings?: readonly string[];
  readonly status?: number;
}

interface LatestRow {
  readonly sent_id: string;
  readonly digest: string;
  readonly state: SentState;
  readonly reason: string | null;
  readonly asked_at: Instant | null;
}

interface ToldRow {
  readonly sent_id: string;
  readonly person_id: string;
  readonly sealed: string;
  readonly at: Instant;
}

export interface SentLedgerParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly sealer: Sealer;
}

/** What was sent to one target, as it was sent; and what was not, and why. */
export class SentLedger {
  readonly #parts: SentLedgerParts;
  readonly #target: string;

  constructor(parts: SentLedgerParts, target: string) {
    this.#parts = parts;
    this.#target = target;
  }

  /**
   * Writes down what is about to be sent, before it is.
   *
   * @returns undefined when the same was sent before, or waits for a person
   */
  async begin(subject: SentSubject, record: OutgoingRecord): Promise<BegunRecord | undefined> {
    const { database, context, clock, sealer } = this.#parts;
    const digest = digestOf(record);
    return database.unitOfWork.run(context, async (tx) => {
      const latest = await this.#latest(tx, subject);
      // Whatever has changed since: one that may have arrived already is not simply asked for anew.
      const askedAt = latest?.asked_at ?? null;
      if (latest?.digest === digest) {
        if (latest.state !== 'pending') return undefined;
        tx.send('sent_again', againText, [context.tenant, latest.sent_id, clock.now()]);
        return { sentId: latest.sent_id, unanswered: askedAt !== null };
      }
      if (latest?.state === 'pending' || latest?.state === 'parked') {
        tx.send('sent_supersede', supersedeText, [context.tenant, latest.sent_id, clock.now()]);
      }
      const sentId = uuidv7();
      const place = { personId: subject.personId, streamId: sentId, version: 1 };
      const sealed = await sealer.seal(tx, place, { identity: { record } });
      this.#add(tx, subject, { sentId, digest, state: 'pending', reason: null, attempts: 1, sealed, askedAt });
      return { sentId, unanswered: askedAt !== null };
    });
  }

  /**
   * Does what must not be done twice. While it is under way, and afterwards for as long as nobody knows whether it arrived,
   * the record says so: to whoever comes next, should this program be killed meanwhile.
   */
  async asking<Result>({ sentId }: BegunRecord, ask: () => Promise<Result>): Promise<Result> {
    await this.#mark(sentId, this.#parts.clock.now());
    try {
      // What was done stays marked until it is settled: whoever is killed in between must not do it again.
      return await ask();
    } catch (error) {
      if (!(error instanceof TargetAway) || !error.unanswered) await this.#mark(sentId, null);
      throw error;
    }
  }

  #mark(sentId: string, askedAt: Instant | null): Promise<void> {
    const { database, context } = this.#parts;
    const values = [context.tenant, sentId, askedAt];
    return database.unitOfWork.run(context, (tx) => tx.send('sent_asking', askingText, values));
  }

  async settle(sentId: string, { state, reason = null, findings = [], status = null }: OutcomeOrNull): Promise<void> {
    const { database, context, clock } = this.#parts;
    const values = [context.tenant, sentId, state, reason, findings, status, clock.now()];
    await database.unitOfWork.run(context, (tx) => tx.send('sent_settle', settleText, values));
  }

  /** Writes down that something did not leave. What was queued of it does not leave either. */
  async ignore(subject: SentSubject, reason: string): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, async (tx) => {
      const latest = await this.#latest(tx, subject);
      if (latest?.state === 'ignored' && latest.reason === reason) return;
      tx.send('sent_stop', stopText, [...this.#key(subject), reason, clock.now()]);
      if (latest?.state === 'pending') return;
      const digest = digestOf({ reason });
      const nothing = { attempts: 0, sealed: null, askedAt: latest?.asked_at ?? null };
      this.#add(tx, subject, { sentId: uuidv7(), digest, state: 'ignored', reason, ...nothing });
    });
  }

  /** The target has it: what was tried without an answer did arrive. */
  async arrived(subject: SentSubject): Promise<void> {
    const { database, context, clock } = this.#parts;
    const values = [...this.#key(subject), clock.now()];
    await database.unitOfWork.run(context, (tx) => tx.send('sent_arrived', arrivedText, values));
  }

  /** The last record of the child that the target took, as far as anybody knows, and when. */
  async lastTold(caseId: string): Promise<SaidBefore | undefined> {
    const { database, context, sealer } = this.#parts;
    return database.read(context, async (queries) => {
      const values = [context.tenant, this.#target, caseId];
      const [row] = await queries.query<ToldRow>('sent_last', lastText, values);
      if (row === undefined) return undefined;
      const place = { personId: row.person_id, streamId: row.sent_id, version: 1 };
      const { identity } = await sealer.unseal(queries, place, row.sealed);
      return identity === undefined ? undefined : { record: identity['record'], at: row.at };
    });
  }

  /** Whether a thing was ever told and taken. */
  async wasTold(subject: SentSubject): Promise<boolean> {
    const { database, context } = this.#parts;
    const rows = await database.read(context, (queries) => queries.query('sent_told', toldText, this.#key(subject)));
    return rows.length > 0;
  }

  async #latest(tx: Transaction, subject: SentSubject): Promise<LatestRow | undefined> {
    const [row] = await tx.query<LatestRow>('sent_latest', latestText, this.#key(subject));
    return row;
  }

  #key({ caseId, kind, referralId, recipient }: SentSubject): unknown[] {
    return [this.#parts.context.tenant, this.#target, caseId, kind, referralId ?? null, recipient];
  }

  #add(tx: Transaction, subject: SentSubject, row: NewRow): void {
    const { personId, version } = subject;
    const at = this.#parts.clock.now();
    const { sentId, digest, state, reason, attempts, sealed, askedAt } = row;
    tx.send('sent_add', addText, [
      ...this.#key(subject),
      ...[sentId, personId, version, digest, state, reason, attempts, sealed, at, askedAt],
    ]);
  }
}

type OutcomeOrNull = Omit<Outcome, 'reason' | 'status'> & { reason?: string | null; status?: number | null };

interface NewRow {
  readonly sentId: string;
  readonly digest: string;
  readonly state: SentState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly sealed: string | null;
  readonly askedAt: Instant | null;
}

const same = `tenant_id = $1 AND target = $2 AND stream_id = $3 AND kind = $4 AND referral_id IS NOT DISTINCT FROM $5
  AND recipient = $6`;

const latestText = `SELECT sent_id, digest, state, reason, asked_at FROM sent_records WHERE ${same}
  ORDER BY created_at DESC, sent_id DESC LIMIT 1`;

const isTaken = `state IN ('sent', 'confirmed')`;

/**
 * The latest that was taken; where nobody knows of any, the first that was tried, for a record that exists over there was
 * made of that. What is told of a referral to a Primero holds nothing of the child; to an OSCaR all that it is told stands
 * there.
 */
const lastText = `SELECT sent_id, person_id, sealed, coalesce(settled_at, tried_at) AS at FROM sent_records
  WHERE tenant_id = $1 AND target = $2 AND stream_id = $3 AND sealed <> '' AND attempts > 0
    AND (kind = 'case' OR (kind = 'referral' AND NOT EXISTS (SELECT FROM sent_records c
      WHERE c.tenant_id = $1 AND c.target = $2 AND c.stream_id = $3 AND c.kind = 'case' AND c.sealed <> '')))
  ORDER BY ${isTaken} DESC, CASE WHEN ${isTaken} THEN coalesce(settled_at, tried_at) END DESC, created_at, sent_id LIMIT 1`;

const toldText = `SELECT FROM sent_records WHERE ${same} AND ${isTaken} LIMIT 1`;

const addText = `INSERT INTO sent_records (tenant_id, target, stream_id, kind, referral_id, recipient, sent_id, person_id,
    version, digest, state, reason, attempts, sealed, created_at, tried_at, settled_at, asked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
    CASE WHEN $13 > 0 THEN $15::timestamptz END, CASE WHEN $11 = 'ignored' THEN $15::timestamptz END, $16)`;

const askingText = 'UPDATE sent_records SET asked_at = $3 WHERE tenant_id = $1 AND sent_id = $2';

const againText = `UPDATE sent_records SET attempts = attempts + 1, tried_at = $3 WHERE tenant_id = $1 AND sent_id = $2`;

const settleText = `UPDATE sent_records SET state = $3, reason = $4, findings = $5, last_status = $6, settled_at = $7,
    asked_at = CASE WHEN $3 = 'confirmed' THEN NULL ELSE asked_at END
  WHERE tenant_id = $1 AND sent_id = $2`;

const arrivedText = `UPDATE sent_records SET state = 'confirmed', settled_at = $7, asked_at = NULL
  WHERE ${same} AND state = 'pending'`;

const supersedeText = `UPDATE sent_records SET state = 'ignored', reason = 'superseded', settled_at = $3
  WHERE tenant_id = $1 AND sent_id = $2`;

const stopText = `UPDATE sent_records SET state = 'ignored', reason = $7, settled_at = $8
  WHERE ${same} AND state = 'pending'`;
