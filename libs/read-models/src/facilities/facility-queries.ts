import type { Clock, Instant, WorkingCalendar } from '#libs/calendar';
import { loadFacility } from '#libs/case-log';
import { closingStates, inspectionDeadlines, isAccused, type FacilityRegister, type KnownFacility } from '#libs/cases';
import type { Database, DatabaseContext, Queryable } from '#libs/database';
import { registerInForce, type PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import type { Sealer } from '#libs/privacy';
import type { Page, PageRequest } from '../queries/page.js';
import type { Caller } from '../queries/scope.js';
import { duplicatesOf, possibleDuplicates, type DuplicateRow, type DuplicateRules } from './duplicates.js';
import {
  facilityList,
  overcrowded,
  residentsOf,
  undecidedOf,
  type FacilityFilter,
  type OccupancyRow,
} from './occupancy.js';
import { residents, type ResidentRow } from './residents.js';
import { careStock, detentionStock, type CareStockRow, type DetentionStockRow, type Stock } from './stock.js';
import { facilityTasks, type FacilityTaskFilter, type FacilityTaskRow } from './tasks.js';
import { facilityView, openWords, type FacilityView } from './view.js';

export interface FacilityQueriesParts {
  database: Database;
  pathways: PathwayRegistry;
  sealer: Sealer;
  clock: Clock;
  calendar: WorkingCalendar;
  context: DatabaseContext;
}

/** A task of a facility with its words and how long it has been overdue. */
export type FacilityTask = FacilityTaskRow & { title: Text | null; overdueHours: number | null };

/** Everything that is asked about facilities. One that a caller may not know is not there. */
export class FacilityQueries {
  readonly #parts: FacilityQueriesParts;

  constructor(parts: FacilityQueriesParts) {
    this.#parts = parts;
  }

  /** The facility with everything that is known of it, now or as it was known at a past moment. */
  async find(id: string, caller: Caller, asOf?: Instant): Promise<FacilityView | undefined> {
    const { sealer, clock } = this.#parts;
    const moment = asOf ?? clock.now();
    return this.#read(async (queries) => {
      const loaded = await loadFacility(queries, id, asOf);
      const { state } = loaded;
      if (state.status === 'none' || (await isHidden(queries, id, caller))) return undefined;
      const register = this.#register();
      const [words, occupancy, undecided, duplicates, isFacilityUser] = await Promise.all([
        openWords(queries, sealer, id, loaded),
        residentsOf(queries, state.code, moment),
        asOf === undefined ? this.#undecided(queries, id, moment) : undefined,
        duplicatesOf(queries, id, caller.agency, duplicateRules(register)),
        worksInFacility(queries, caller.agency),
      ]);
      const beside = {
        occupancy,
        undecided,
        duplicates: duplicates.map((row) => otherOf(id, row)),
        showsAccusations: !isFacilityUser,
        now: moment,
      };
      return facilityView(id, state, words, register, beside);
    });
  }

  /** What is known of a facility for others to work with; nothing sealed is opened. */
  async findState(id: string, caller: Pick<Caller, 'agency'>): Promise<KnownFacility | undefined> {
    return this.#read(async (queries) => {
      const { state } = await loadFacility(queries, id);
      return state.status === 'none' || hides(state, caller) ? undefined : state;
    });
  }

  async list(caller: Caller, filter: FacilityFilter, page: PageRequest, asOf?: Instant): Promise<Page<OccupancyRow>> {
    const moment = asOf ?? this.#parts.clock.now();
    return this.#read((queries) => facilityList(queries, caller.agency, moment, filter, page));
  }

  /** Facilities with more children than they are made for, the worst first. */
  async overcrowded(caller: Caller, page: PageRequest, asOf?: Instant): Promise<Page<OccupancyRow>> {
    const moment = asOf ?? this.#parts.clock.now();
    return this.#read((queries) => overcrowded(queries, caller.agency, moment, page));
  }

  async tasks(caller: Caller, page: PageRequest): Promise<Page<FacilityTask>> {
    return this.#tasks(caller, {}, page);
  }

  async inspectionsOverdue(caller: Caller, page: PageRequest): Promise<Page<FacilityTask>> {
    const definitions = inspectionDeadlines(this.#register());
    return this.#tasks(caller, { definitions, overdueAt: this.#parts.clock.now() }, page);
  }

  /** Facilities that were found without being registered and wait to be followed up. */
  async unregistered(caller: Caller, page: PageRequest): Promise<Page<FacilityTask>> {
    return this.#tasks(caller, { state: this.#register().life.found }, page);
  }

  async duplicates(caller: Caller, page: PageRequest): Promise<Page<DuplicateRow>> {
    const rules = duplicateRules(this.#register());
    return this.#read((queries) => possibleDuplicates(queries, caller.agency, rules, page));
  }

  /** Cases of the children who live there, as far as the caller answers for them. */
  async residents(id: string, caller: Caller, page: PageRequest): Promise<Page<ResidentRow> | undefined> {
    const now = this.#parts.clock.now();
    return this.#read(async (queries) => {
      const { state } = await loadFacility(queries, id);
      if (state.status === 'none' || hides(state, caller)) return undefined;
      return residents(queries, state.code, caller, now, page);
    });
  }

  async careStock(asOf?: Instant): Promise<Stock<CareStockRow>> {
    return this.#read((queries) => careStock(queries, asOf ?? this.#parts.clock.now()));
  }

  async detentionStock(asOf?: Instant): Promise<Stock<DetentionStockRow>> {
    const { sealer, pathways, calendar, clock } = this.#parts;
    const parts = { sealer, pathways, zone: calendar.zone };
    return this.#read((queries) => detentionStock(queries, parts, asOf ?? clock.now()));
  }

  async #tasks(caller: Caller, filter: FacilityTaskFilter, page: PageRequest): Promise<Page<FacilityTask>> {
    const { items, next } = await this.#read((queries) => facilityTasks(queries, caller.agency, filter, page));
    const definitions = new Map(this.#register().deadlines);
    const now = Date.parse(this.#parts.clock.now());
    return {
      items: items.map((row) => {
        const late = now - Date.parse(row.due_at);
        const title = definitions.get(row.definition)?.title ?? null;
        return { ...row, title, overdueHours: late < 0 ? null : Math.floor(late / 3_600_000) };
      }),
      next,
    };
  }

  #undecided(queries: Queryable, id: string, now: Instant): Promise<number | undefined> {
    const { register, residence } = registerInForce(this.#parts.pathways);
    return undecidedOf(queries, id, { closing: closingStates(register), waiting: residence?.undecided ?? [], now });
  }

  #register(): FacilityRegister {
    return registerInForce(this.#parts.pathways).register;
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }
}

/** While an allegation stands, a facility's own people find nothing of it, nor of its past (GR-COI). */
async function isHidden(queries: Queryable, id: string, { agency }: Caller): Promise<boolean> {
  const rows = await queries.query(
    'facility_hidden',
    'SELECT FROM facility_summary WHERE tenant_id = $1 AND stream_id = $2 AND code = $3 AND accused',
    [queries.context.tenant, id, agency],
  );
  return rows.length > 0;
}

function hides(state: KnownFacility, { agency }: Pick<Caller, 'agency'>): boolean {
  return state.code === agency && isAccused(state);
}

/** Allegations are nothing for those who work in a facility, this one or another (C.12). */
async function worksInFacility(queries: Queryable, agency: string): Promise<boolean> {
  const rows = await queries.query(
    'facility_of_agency',
    'SELECT FROM facility_summary WHERE tenant_id = $1 AND code = $2',
    [queries.context.tenant, agency],
  );
  return rows.length > 0;
}

function duplicateRules({ life }: FacilityRegister): DuplicateRules {
  return {
    found: life.found,
    ended: Object.keys(life.states).filter((code) => life.states[code]?.ended === true),
  };
}

function otherOf(id: string, row: DuplicateRow) {
  const isFirst = row.first_id === id;
  return {
    id: isFirst ? row.second_id : row.first_id,
    code: isFirst ? row.second_code : row.first_code,
    sameVillage: row.same_village,
    sameDistrictAndType: row.same_district_and_type,
  };
}
