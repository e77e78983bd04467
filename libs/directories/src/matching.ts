import type { Clock, WorkingCalendar } from '#libs/calendar';
import {
  matchCarers,
  matchProviders,
  nextProvider,
  type Actor,
  type Carer,
  type Match,
  type ProvidedService,
  type ServiceNeed,
} from '#libs/cases';
import type { Database, DatabaseContext, Queryable } from '#libs/database';
import { carerColumns, carerOfRow, type CarerRow } from './carer-directory.js';
import { childsNeed, isSilenced, needOf, withChild, type NeedRow } from './childs-need.js';
import type { CarerEntry } from './entry.js';

export interface MatchingParts {
  database: Database;
  context: DatabaseContext;
  clock: Clock;
  calendar: WorkingCalendar;
}

/** One referral of one case. */
export interface ReferralKey {
  caseId: string;
  referralId: string;
}

export type ProviderCandidate = ProvidedService & { entryId: string; title: string };
export type CarerCandidate = Carer & { entry: CarerEntry };

/** A referral's service, and everybody who gives it, the next to ask first. */
export interface ProviderMatches {
  service: string;
  province: string | null;
  district: string | null;
  language: string | null;
  matches: Match<ProviderCandidate>[];
}

interface ReferralNeedRow extends NeedRow {
  referral_id: string;
  type: string;
  service: string;
  language: string | null;
  from_agency: string;
  asked: string[];
}

interface CandidateRow {
  entry_id: string;
  agency: string;
  title: string;
  service: string;
  provinces: string[];
  districts: string[];
  languages: string[];
  interpreter: boolean;
  capacity: number;
  taken: number;
  starts_on: string;
  ends_on: string | null;
  paused: boolean;
}

type Candidate = ProviderCandidate & { service: string };

/** Finds who could take a child in, or give a service: SQL fetches candidates, and pure functions judge them. */
export class Matching {
  readonly #parts: MatchingParts;

  constructor(parts: MatchingParts) {
    this.#parts = parts;
  }

  /** @returns undefined where there is no such referral, or none that the caller may know of */
  async providersFor(key: ReferralKey, caller: Actor): Promise<ProviderMatches | undefined> {
    return this.#read(async (queries) => {
      const [row] = await referralNeeds(queries, [key]);
      if (row === undefined || isBiased(caller, row)) return undefined;
      const candidates = await candidatesFor(queries, [row.service]);
      const { service, province, district, language } = row;
      const matches = matchProviders(this.#serviceNeed(row), telling(candidates, row));
      return { service, province, district, language, matches };
    });
  }

  /** Whom to ask next for each of these referrals, by their ids; those for which there is nobody are missing. */
  async nextProviders(keys: readonly ReferralKey[]): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    return this.#read(async (queries) => {
      const rows = (await referralNeeds(queries, keys)).filter(({ type }) => type === 'service');
      const candidates = await candidatesFor(queries, [...new Set(rows.map(({ service }) => service))]);
      const next = rows.map((row) => {
        const offers = candidates.filter(({ service }) => service === row.service);
        return [row.referral_id, nextProvider(this.#serviceNeed(row), telling(offers, row))] as const;
      });
      return new Map(next.filter((each): each is [string, string] => each[1] !== undefined));
    });
  }

  /** Carers for the child of a case; those of other provinces are no candidates. */
  async carersFor(
    caseId: string,
    caller: Actor,
    asked: { kind?: string; language?: string },
  ): Promise<Match<CarerCandidate>[] | undefined> {
    return this.#read(async (queries) => {
      const [row] = await queries.query<NeedRow>(
        'match_child',
        `SELECT ${childsNeed} FROM case_summary c ${withChild} WHERE c.tenant_id = $1 AND c.stream_id = $2`,
        [queries.context.tenant, caseId],
      );
      if (row === undefined || isBiased(caller, row)) return undefined;
      const carers = await carersIn(queries, row.province ?? row.district?.slice(0, 2) ?? null);
      const { clock, calendar } = this.#parts;
      const need = { ...needOf(row, asked.language ?? null, clock.now(), calendar), kind: asked.kind };
      return matchCarers(
        need,
        carers.filter(({ carerId }) => !isSilenced(carerId, row)),
      );
    });
  }

  #serviceNeed(row: ReferralNeedRow): ServiceNeed {
    const { clock, calendar } = this.#parts;
    return {
      ...needOf(row, row.language, clock.now(), calendar),
      fromAgency: row.from_agency,
      asked: row.asked,
    };
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }
}

const isBiased = ({ id, agency }: Actor, { conflicts }: NeedRow): boolean =>
  conflicts.includes(id) || conflicts.includes(agency);

const telling = (candidates: readonly Candidate[], row: NeedRow): Candidate[] =>
  candidates.filter(({ agency }) => !isSilenced(agency, row));

/** What each referral asks for; `asked` are the agencies that were asked for the same service in the same case. */
function referralNeeds(queries: Queryable, keys: readonly ReferralKey[]): Promise<ReferralNeedRow[]> {
  return queries.query<ReferralNeedRow>(
    'match_referrals',
    `SELECT r.referral_id, r.type, r.service, r.language, r.from_agency, ${childsNeed},
       ARRAY(SELECT DISTINCT agency FROM referrals o, unnest(o.asked) agency
             WHERE o.tenant_id = r.tenant_id AND o.stream_id = r.stream_id AND o.service = r.service) AS asked
     FROM unnest($2::uuid[], $3::uuid[]) AS wanted (stream_id, referral_id)
       JOIN referrals r ON r.tenant_id = $1 AND r.stream_id = wanted.stream_id AND r.referral_id = wanted.referral_id
       JOIN case_summary c ON c.tenant_id = r.tenant_id AND c.stream_id = r.stream_id
       ${withChild}`,
    [queries.context.tenant, keys.map(({ caseId }) => caseId), keys.map(({ referralId }) => referralId)],
  );
}

/** A place is taken by every referral that the agency accepted for the service and has not completed. */
async function candidatesFor(queries: Queryable, services: readonly string[]): Promise<Candidate[]> {
  const rows = await queries.query<CandidateRow>(
    'match_candidates',
    `SELECT s.entry_id, s.agency, a.title, s.service, s.provinces, s.districts, s.languages, s.interpreter, s.capacity,
       s.starts_on, s.ends_on, s.paused,
       (SELECT count(*)::int FROM referrals r WHERE r.tenant_id = s.tenant_id AND r.service = s.service
          AND r.to_agency = s.agency AND r.state IN ('ACCEPTED', 'IN_SERVICE')) AS taken
     FROM provided_services s JOIN agencies a ON a.tenant_id = s.tenant_id AND a.id = s.agency
     WHERE s.tenant_id = $1 AND s.service = ANY ($2)`,
    [queries.context.tenant, services],
  );
  return rows.map(({ entry_id: entryId, starts_on: startsOn, ends_on: endsOn, ...row }) => ({
    entryId,
    ...row,
    startsOn,
    endsOn: endsOn ?? undefined,
  }));
}

async function carersIn(queries: Queryable, province: string | null): Promise<CarerCandidate[]> {
  const rows = await queries.query<CarerRow>(
    'match_carers',
    `SELECT ${carerColumns} FROM carers k WHERE k.tenant_id = $1 AND ($2::text IS NULL OR k.province = $2)`,
    [queries.context.tenant, province],
  );
  return rows.map(carerOfRow).map((entry) => ({
    entry,
    carerId: entry.carerId,
    kinds: entry.kinds,
    provinces: [entry.province],
    districts: [entry.district],
    languages: entry.languages,
    interpreter: false,
    capacity: entry.capacity,
    taken: entry.placed,
    startsOn: entry.assessedOn,
    endsOn: entry.approvedUntil,
    paused: entry.paused,
  }));
}
