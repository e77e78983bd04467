import { contextOf } from '#libs/access';
import type { Clock, WorkingCalendar } from '#libs/calendar';
import type { Database, DatabaseContext, Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import type { Page, PageRequest } from '../queries/page.js';
import type { Caller } from '../queries/scope.js';
import {
  watchlistCases,
  watchlists,
  watchlistNumbers,
  type WatchlistCase,
  type WatchlistSummary,
  type WatchlistNumbers,
} from './watchlists.js';
import { caseload, proposedOwners, type CaseloadRow, type ProposedOwner } from './caseload.js';
import { detention, type Detention } from './detention.js';
import { informalFees, type InformalFees } from './informal-fees.js';
import { exceptionsUsed, lateRecorded, type ExceptionsUsed, type LateRecorded, type Months } from './practice.js';
import type { Defined } from './published.js';
import { recidivismNumbers, type RecidivismNumbers } from './recidivism.js';
import { unmetNeedCounts, unmetNeedTable, type UnmetNeeds } from './unmet-needs.js';
import {
  casesWithoutContact,
  legalLadders,
  legalLimitBreaches,
  type BreachRow,
  type SilentCase,
} from './watched-cases.js';

export interface ReportQueriesParts {
  database: Database;
  context: DatabaseContext;
  pathways: PathwayRegistry;
  clock: Clock;
  calendar: WorkingCalendar;
}

/** A list with the words that say what is on it. */
export interface Listed<Item> extends Defined {
  items: Item[];
}

export type ListedPage<Item> = Page<Item> & Defined;

/** A breach with the words of its deadline. */
export type Breach = BreachRow & { title: Text | null };

/**
 * What is asked about many cases at once. National numbers give no child away; a supervisor's own lists are whole, and
 * hold codes of cases.
 */
export class ReportQueries {
  readonly #parts: ReportQueriesParts;

  constructor(parts: ReportQueriesParts) {
    this.#parts = parts;
  }

  async unmetNeeds(): Promise<UnmetNeeds> {
    const counts = await this.#read((queries) => unmetNeedCounts(queries));
    return { meaning: this.#meaning('UNMET_NEEDS'), services: unmetNeedTable(counts) };
  }

  async recidivism(): Promise<RecidivismNumbers[]> {
    const { pathways, clock, calendar } = this.#parts;
    return this.#read((queries) => recidivismNumbers(queries, pathways, clock.now(), calendar.zone));
  }

  async detention(): Promise<Detention[]> {
    return this.#read((queries) => detention(queries, this.#parts.pathways));
  }

  async informalFees(): Promise<InformalFees[]> {
    return this.#read((queries) => informalFees(queries, this.#parts.pathways));
  }

  async watchlistNumbers(): Promise<WatchlistNumbers[]> {
    return this.#read((queries) => watchlistNumbers(queries, this.#parts.pathways, this.#parts.clock.now()));
  }

  async watchlists(caller: Caller): Promise<WatchlistSummary[]> {
    return this.#list(caller, (queries) => watchlists(queries, this.#parts.pathways, caller, this.#parts.clock.now()));
  }

  async watchlistCases(watchlist: string, caller: Caller, page: PageRequest): Promise<Page<WatchlistCase>> {
    return this.#list(caller, (queries) => watchlistCases(queries, watchlist, caller, this.#parts.clock.now(), page));
  }

  /** Whether any pathway has such a watchlist. */
  hasWatchlist(watchlist: string): boolean {
    return this.#parts.pathways.all().some(({ definition }) => Object.hasOwn(definition.watchlists ?? {}, watchlist));
  }

  async caseload(caller: Caller): Promise<Listed<CaseloadRow>> {
    const items = await this.#list(caller, (queries) => caseload(queries, caller, this.#supervision));
    return { meaning: this.#meaning('CASELOAD'), items };
  }

  async proposedOwners(caseId: string, caller: Caller, role?: string): Promise<ProposedOwner[] | undefined> {
    return this.#list(caller, (queries) => proposedOwners(queries, caseId, caller, this.#supervision, role));
  }

  async withoutContact(caller: Caller, page: PageRequest): Promise<ListedPage<SilentCase>> {
    const { clock, calendar } = this.#parts;
    const { noContact } = this.#supervision;
    const found = await this.#list(caller, (queries) =>
      casesWithoutContact(queries, caller, noContact, clock.now(), calendar.zone, page),
    );
    return { meaning: this.#meaning('WITHOUT_CONTACT'), ...found };
  }

  async lateRecorded(caller: Caller, months: Months): Promise<Listed<LateRecorded>> {
    const items = await this.#list(caller, (queries) => lateRecorded(queries, caller, months));
    return { meaning: this.#meaning('LATE_RECORDED'), items };
  }

  async exceptionsUsed(caller: Caller, months: Months): Promise<Listed<ExceptionsUsed>> {
    const items = await this.#list(caller, (queries) => exceptionsUsed(queries, caller, months));
    return { meaning: this.#meaning('EXCEPTIONS'), items };
  }

  async legalLimitBreaches(caller: Caller, page: PageRequest): Promise<ListedPage<Breach>> {
    const { pathways, clock } = this.#parts;
    const { items, next } = await this.#list(caller, (queries) =>
      legalLimitBreaches(queries, caller, legalLadders(pathways.common), clock.now(), page),
    );
    const titled = items.map((row) => ({ ...row, title: this.#titleOf(row) }));
    return { meaning: this.#meaning('LEGAL_LIMIT_BREACHES'), items: titled, next };
  }

  #titleOf({ pathway, definition }: BreachRow): Text | null {
    const own = pathway === null ? undefined : this.#parts.pathways.find(pathway)?.definition.deadlines[definition];
    return (own ?? this.#parts.pathways.common.deadlines[definition])?.title ?? null;
  }

  get #supervision() {
    return this.#parts.pathways.common.supervision;
  }

  /** @throws Error when the vocabulary does not say what the report counts: a number without its meaning misleads. */
  #meaning(report: string): Text {
    const text = this.#parts.pathways.common.labels['reports']?.[report];
    if (text === undefined) throw new Error(`the common vocabulary has no words for the report ${report}`);
    return text;
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }

  /** Lists are read as the caller: what the caller may not see, the database does not show. */
  #list<Result>(caller: Caller, work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    const { database, context } = this.#parts;
    return database.read(contextOf(context.tenant, caller), work);
  }
}
