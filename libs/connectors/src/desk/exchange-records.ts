import { caseRelations, decideAccess, groupsOf } from '#libs/access';
import type { Instant } from '#libs/calendar';
import { loadCase } from '#libs/case-log';
import type { Actor } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { registerInForce } from '#libs/pathway-files';
import { surroundingsOf } from '#libs/read-models';
import { receiveRecord, type ExchangeParts, type Fate } from '#libs/record-exchange';
import type { SentKind, SentState } from '../ledger/sent-ledger.js';
import { oweNow } from '../owed/owed-cases.js';

export type Direction = 'in' | 'out';
export const exchangeStates = ['pending', 'sent', 'confirmed', 'quarantined', 'parked', 'ignored'] as const;

/** A record of the ledger, without what stands in it. */
export interface ExchangeRecord {
  readonly id: string;
  readonly direction: Direction;
  /** The instance; the system's name for a record that was brought here. */
  readonly target: string;
  readonly system: string | null;
  readonly kind: SentKind;
  readonly state: SentState;
  /** A code, or names of fields. */
  readonly reason: string | null;
  readonly findings: string[];
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly caseId: string | null;
  readonly referralId: string | null;
  readonly recipient: string | null;
  readonly at: Instant;
  readonly settledAt: Instant | null;
}

export interface RecordFilter {
  readonly target?: string;
  readonly direction?: Direction;
  readonly state?: SentState;
  readonly caseId?: string;
  readonly from?: Instant;
  readonly to?: Instant;
}

export interface RecordsAsked extends RecordFilter {
  readonly limit: number;
  /** Only records before this one, in the order of the list. */
  readonly before?: { readonly at: Instant; readonly id: string };
}

/** A record as it was sent or received. Null for whoever may not see all of the case, and where it was erased. */
export interface OpenedRecord extends ExchangeRecord {
  readonly identity: { readonly record: unknown } | null;
}

/** A record that cannot be replayed or put right as asked. */
export class ReplayRefused extends Error {
  override readonly name = 'ReplayRefused';

  constructor(readonly code: 'erased' | 'not_quarantined' | 'still_unusable' | 'too_many') {
    super(code);
  }
}

interface StoredRecord extends ExchangeRecord {
  readonly personId: string;
  readonly sealed: string | null;
}

const mostAtOnce = 1_000;

/** The ledger, for those who look after the exchange: what came and went, what became of it, and once more. */
export class ExchangeRecords {
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** The latest first. Records of cases that are hidden from the caller are not among them. */
  async list(asked: RecordsAsked, caller?: Actor): Promise<ExchangeRecord[]> {
    const { database, context } = this.#parts;
    const rows = await database.read(context, (queries) => this.#find(queries, asked, caller));
    return rows.map(shown);
  }

  /** Undefined when there is none that the caller may know of. */
  async open(id: string, caller: Actor): Promise<OpenedRecord | undefined> {
    const { database, context, sealer } = this.#parts;
    return database.read(context, async (queries) => {
      const row = await this.#load(queries, id);
      const sight = row && (await this.#sightOf(queries, row, caller));
      if (row === undefined || sight === 'none') return undefined;
      if (sight !== 'all' || row.sealed === null || row.sealed === '') return { ...shown(row), identity: null };
      const fields = await sealer.unseal(queries, { personId: row.personId, streamId: id, version: 1 }, row.sealed);
      const record = fields.identity?.['record'];
      return { ...shown(row), identity: record === undefined ? null : { record } };
    });
  }

  /**
   * Once more: one that was sent is owed again, as the case stands now and if it may still leave; one that came is taken
   * in again. @returns whether there is such a record
   *
   * @throws ReplayRefused
   */
  async replay(id: string, caller?: Actor): Promise<boolean> {
    const row = await this.#inSight(id, caller);
    if (row === undefined) return false;
    await this.#again(row);
    return true;
  }

  /** All that match, once more. @returns how many @throws ReplayRefused when they are too many to do at once */
  async replayAll(filter: RecordFilter, caller?: Actor): Promise<number> {
    const { database, context } = this.#parts;
    const limit = mostAtOnce + 1;
    const rows = await database.read(context, (queries) => this.#find(queries, { ...filter, limit }, caller));
    if (rows.length > mostAtOnce) throw new ReplayRefused('too_many');
    for (const row of [...rows].reverse()) {
      if (!isErased(row)) await this.#again(row);
    }
    return rows.length;
  }

  /**
   * Takes in a corrected record in place of one that could not be used. @returns whether there is such a one
   *
   * @throws ReplayRefused
   */
  async correct(id: string, record: unknown, caller?: Actor): Promise<boolean> {
    const row = await this.#inSight(id, caller);
    if (row === undefined) return false;
    if (row.direction !== 'in' || row.state !== 'quarantined') throw new ReplayRefused('not_quarantined');
    const fate = await receiveRecord(this.#parts, systemOf(row), record, { ...originOf(row), corrects: id });
    if (isUnusable(fate)) throw new ReplayRefused('still_unusable');
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, (tx) =>
      tx.send('exchange_corrected', correctedText, [context.tenant, id, clock.now()]),
    );
    return true;
  }

  async #again(row: StoredRecord): Promise<void> {
    if (isErased(row)) throw new ReplayRefused('erased');
    if (row.direction === 'out') return this.#oweAgain(row);
    const { database, context, sealer } = this.#parts;
    const place = { personId: row.personId, streamId: row.id, version: 1 };
    const fields = await database.read(context, (queries) => sealer.unseal(queries, place, row.sealed));
    if (fields.identity === undefined) throw new ReplayRefused('erased');
    await receiveRecord(this.#parts, systemOf(row), fields.identity['record'], originOf(row));
  }

  async #oweAgain({ id, target, caseId }: StoredRecord): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, (tx) => {
      tx.send('exchange_again', againText, [context.tenant, id]);
      if (caseId !== null) oweNow(tx, target, caseId, clock.now());
    });
  }

  async #inSight(id: string, caller: Actor | undefined): Promise<StoredRecord | undefined> {
    const { database, context } = this.#parts;
    return database.read(context, async (queries) => {
      const row = await this.#load(queries, id);
      if (row === undefined || caller === undefined) return row;
      return (await this.#sightOf(queries, row, caller)) === 'none' ? undefined : row;
    });
  }

  /** How much of a record somebody may see: that there is one, all of it, or nothing. */
  async #sightOf(queries: Queryable, { caseId }: StoredRecord, caller: Actor): Promise<'all' | 'some' | 'none'> {
    if (caseId === null) return groupsOf(caller.roles).includes('exchange') ? 'all' : 'some';
    const { state } = await loadCase(queries, caseId);
    if (state.status === 'none') return 'some';
    const { pathways, clock } = this.#parts;
    const pathway = state.enrolment && pathways.find(state.enrolment.pathway);
    const { shutOut } = await surroundingsOf(queries, state.personId, [], registerInForce(pathways).register);
    const shows = decideAccess('case.read', caller, caseRelations(state, pathway, shutOut), clock.now());
    if (shows === undefined) return 'none';
    return ['identity', 'location', 'narrative'].every((each) => shows.has(each as 'identity')) ? 'all' : 'some';
  }

  async #load(queries: Queryable, id: string): Promise<StoredRecord | undefined> {
    const [row] = await queries.query<StoredRecord>('exchange_record', `${ledger} WHERE r.id = $2`, [
      queries.context.tenant,
      id,
    ]);
    return row;
  }

  #find(queries: Queryable, asked: RecordsAsked, caller: Actor | undefined): Promise<StoredRecord[]> {
    const { target, direction, state, caseId, from, to, before, limit } = asked;
    return queries.query<StoredRecord>('exchange_records', listText, [
      queries.context.tenant,
      ...[target, direction, state, caseId, from, to, before?.at, before?.id].map((each) => each ?? null),
      ...[caller?.id ?? null, caller?.agency ?? null],
      limit,
    ]);
  }
}

/** In the words of what was sent: a record that came is pending until it is taken in, and confirmed then. */
const ledger = `WITH r AS (
    SELECT sent_id AS id, 'out' AS direction, target, NULL AS system, kind, state, reason, findings, attempts, last_status,
      stream_id, referral_id, recipient, created_at AS at, settled_at, person_id, sealed
    FROM sent_records WHERE tenant_id = $1
    UNION ALL
    SELECT record_id, 'in', coalesce(target, system), system, 'case',
      CASE state WHEN 'received' THEN 'pending' WHEN 'taken_in' THEN 'confirmed' WHEN 'erased' THEN 'ignored' ELSE state END,
      CASE state WHEN 'erased' THEN 'erased' ELSE reason END, '{}', attempts, NULL, stream_id, NULL, NULL, received_at,
      settled_at, person_id, sealed
    FROM received_records WHERE tenant_id = $1)
  SELECT r.id, r.direction, r.target, r.system, r.kind, r.state, r.reason, r.findings, r.attempts,
    r.last_status AS "lastStatus", r.stream_id AS "caseId", r.referral_id AS "referralId", r.recipient, r.at,
    r.settled_at AS "settledAt", r.person_id AS "personId", r.sealed
  FROM r`;

const listText = `${ledger} LEFT JOIN case_summary c ON c.tenant_id = $1 AND c.stream_id = r.stream_id
  WHERE ($2::text IS NULL OR r.target = $2) AND ($3::text IS NULL OR r.direction = $3)
    AND ($4::text IS NULL OR r.state = $4) AND ($5::uuid IS NULL OR r.stream_id = $5)
    AND ($6::timestamptz IS NULL OR r.at >= $6) AND ($7::timestamptz IS NULL OR r.at < $7)
    AND ($8::timestamptz IS NULL OR (r.at, r.id) < ($8, $9::uuid))
    AND (c.conflicts IS NULL OR NOT c.conflicts && ARRAY[$10::text, $11::text])
  ORDER BY r.at DESC, r.id DESC LIMIT $12`;

/** A person who has it sent again knows that it did not arrive. */
const againText = `UPDATE sent_records SET state = 'pending', reason = NULL, settled_at = NULL, asked_at = NULL
  WHERE tenant_id = $1 AND sent_id = $2 AND state IN ('sent', 'confirmed', 'quarantined', 'parked')`;

const correctedText = `UPDATE received_records SET state = 'ignored', reason = 'corrected', settled_at = $3
  WHERE tenant_id = $1 AND record_id = $2`;

function shown({ personId: _person, sealed: _sealed, ...record }: StoredRecord): ExchangeRecord {
  return record;
}

/** What was never sealed is what did not leave. */
const isErased = ({ reason, state, sealed }: StoredRecord): boolean =>
  reason === 'erased' || (state !== 'ignored' && (sealed ?? '') === '');

const systemOf = ({ system }: StoredRecord): 'primero' | 'oscar' => (system === 'oscar' ? 'oscar' : 'primero');

const originOf = ({ target, system }: StoredRecord) => (target === system ? {} : { target });

const isUnusable = ({ kind }: Fate): boolean => kind === 'quarantined' || kind === 'still_quarantined';
