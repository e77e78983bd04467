import type { Clock, Instant, WorkingCalendar } from '#libs/calendar';
import { loadCase, loadPerson } from '#libs/case-log';
import {
  behindSeal,
  nextSteps,
  type DecideContext,
  type KnownCase,
  type NextStep,
  type PersonDetails,
  type PersonState,
} from '#libs/cases';
import type { Database, DatabaseContext, Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import { makeKnown, registerInForce, type PathwayRegistry } from '#libs/pathway-files';
import type { BlindIndex, Sealer } from '#libs/privacy';
import { loadChild, loadCircumstances } from '../child.js';
import { surroundingsOf, textsIn } from '../facilities/surroundings.js';
import { pathwayFlow, type FlowRow } from '../flow/query.js';
import { caseView, deadlinesView, personView, referralsView, type CaseView } from './case-view.js';
import { childView, type ChildView } from './child-view.js';
import { isHiddenFrom, knownCase } from './hidden.js';
import { inbox, markRead, type NoticeRow } from './inbox.js';
import type { Page, PageRequest } from './page.js';
import { searchPeople, SearchesUsedUp, type SearchPurpose } from './person-search.js';
import { isWorthALook, possibleDuplicates, type PossibleDuplicate } from './possible-duplicates.js';
import type { Caller } from './scope.js';
import { timelinePage, type TimelineEntry } from './timeline.js';
import {
  overdueBands,
  referralsUnanswered,
  tasks,
  unassigned,
  type OverdueBand,
  type TaskRow,
  type UnansweredRow,
  type UnassignedRow,
} from './worklists.js';

export interface CaseQueriesParts {
  database: Database;
  pathways: PathwayRegistry;
  sealer: Sealer;
  blindIndex: BlindIndex;
  clock: Clock;
  calendar: WorkingCalendar;
  context: DatabaseContext;
}

type Around = Pick<DecideContext, 'birthDate' | 'person' | 'facility' | 'shutOut'>;

/** A task with its words and how long it has been overdue. */
export type Task = TaskRow & {
  title: { en: string; km: string } | null;
  overdueHours: number | null;
  /** What helps to meet it, where its definition proposes something. */
  proposes: 'next_provider' | null;
};

/** Everything that is asked about cases. What is not there is undefined; a case that a caller may not know is not there. */
export class CaseQueries {
  readonly #parts: CaseQueriesParts;

  constructor(parts: CaseQueriesParts) {
    this.#parts = parts;
  }

  /** The case now, or as it was known at a past moment. */
  async findCase(id: string, caller: Caller, asOf?: Instant): Promise<CaseView | undefined> {
    return this.#withCase(id, caller, asOf, (known, person, context) => caseView(id, known, person, context));
  }

  async findDeadlines(id: string, caller: Caller, asOf?: Instant) {
    return this.#withCase(id, caller, asOf, (known, _person, context) => deadlinesView(known, context));
  }

  async findReferrals(id: string, caller: Caller, asOf?: Instant) {
    return this.#withCase(id, caller, asOf, (known, _person, context) => referralsView(known, context));
  }

  /** Each transition that leads on from here, with what is missing before the caller may take it. */
  async findNextSteps(id: string, caller: Caller): Promise<NextStep[] | undefined> {
    return this.#withCase(id, caller, undefined, (_known, _person, context, whole) => nextSteps(whole, context));
  }

  async findTimeline(
    id: string,
    caller: Caller,
    page: PageRequest,
    asOf?: Instant,
  ): Promise<Page<TimelineEntry> | undefined> {
    return this.#read(async (queries) => {
      const loaded = await this.#find(queries, id, caller, asOf);
      if (loaded === undefined) return undefined;
      return timelinePage(queries, this.#parts.sealer, loaded.state.personId, loaded.stored, page, caller);
    });
  }

  /** The child behind a case is hidden from whoever is in conflict of interest on any of the child's cases. */
  async findPerson(id: string, caller: Pick<Caller, 'id' | 'agency'>) {
    return this.#read(async (queries) => {
      const [{ state }, hidden] = await Promise.all([
        loadPerson(queries, this.#parts.sealer, id),
        isHiddenFrom(queries, id, caller),
      ]);
      return state.facts === undefined || hidden ? undefined : personView(id, state);
    });
  }

  /** What ties the records and the cases of one child together. */
  async findChild(id: string, caller: Caller): Promise<ChildView | undefined> {
    const person = await this.findPerson(id, caller);
    return person && this.#read((queries) => childView(queries, this.#parts, id, caller));
  }

  /**
   * People on record who may be the one that is told of. The search leaves a trace, and there are only so many an hour.
   *
   * @throws SearchesUsedUp
   */
  async findMatches(told: PersonDetails, purpose: SearchPurpose, caller: Caller): Promise<PossibleDuplicate[]> {
    const { database, context, blindIndex, clock } = this.#parts;
    const tokens = await blindIndex.tokensToFind(told.identity);
    const search = { told, tokens, purpose, caller, now: clock.now() };
    const found = await database.unitOfWork.run(context, (tx) => searchPeople(tx, this.#parts, search));
    if (typeof found === 'number') throw new SearchesUsedUp(found);
    return found;
  }

  /** Other records that may be of the same child. */
  async findDuplicates(id: string, caller: Caller): Promise<PossibleDuplicate[] | undefined> {
    const known = await this.#read((queries) =>
      Promise.all([
        loadPerson(queries, this.#parts.sealer, id),
        isHiddenFrom(queries, id, caller),
        loadChild(queries, this.#parts.pathways, id),
      ]),
    );
    const [{ state }, hidden, child] = known;
    const { facts, identity, location } = state;
    if (facts === undefined || hidden) return undefined;
    const same = [id, ...child.records.map((record) => record.id)];
    const tokens = await this.#parts.blindIndex.tokensToFind(identity);
    const sought = { told: { facts, identity, location }, tokens, caller, same, isAnswer: isWorthALook };
    return this.#read((queries) => possibleDuplicates(queries, this.#parts, sought));
  }

  /** Open deadlines of the caller's own cases, the most urgent first. */
  async mine(caller: Caller, page: PageRequest): Promise<Page<Task>> {
    return this.#tasks(caller, { mine: true }, page);
  }

  /** Open deadlines of everything in the caller's scope. */
  async team(caller: Caller, page: PageRequest): Promise<Page<Task>> {
    return this.#tasks(caller, {}, page);
  }

  async overdue(caller: Caller, page: PageRequest, band?: OverdueBand): Promise<Page<Task>> {
    const overdueAt = this.#parts.clock.now();
    return this.#tasks(caller, { overdueAt, ...(band === undefined ? {} : { band }) }, page);
  }

  async overdueBands(caller: Caller): Promise<Record<OverdueBand, number>> {
    return this.#read((queries) => overdueBands(queries, caller, this.#parts.clock.now()));
  }

  async referralsUnanswered(caller: Caller, page: PageRequest): Promise<Page<UnansweredRow>> {
    return this.#read((queries) => referralsUnanswered(queries, caller, page));
  }

  async unassigned(caller: Caller, page: PageRequest): Promise<Page<UnassignedRow>> {
    return this.#read((queries) => unassigned(queries, caller, page));
  }

  async inbox(caller: Caller, page: PageRequest): Promise<Page<NoticeRow>> {
    return this.#read((queries) => inbox(queries, caller, page));
  }

  async markRead(caller: Caller, streamId: string, version: number): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, (tx) => markRead(tx, caller, streamId, version, clock.now()));
  }

  /** How cases moved through the pathways, in numbers that give no child away. */
  async pathwayFlow(from: string, to: string): Promise<FlowRow[]> {
    return this.#read((queries) => pathwayFlow(queries, from, to));
  }

  async #tasks(caller: Caller, filter: Parameters<typeof tasks>[2], page: PageRequest): Promise<Page<Task>> {
    const { items, next } = await this.#read((queries) => tasks(queries, caller, filter, page));
    const now = Date.parse(this.#parts.clock.now());
    return { items: items.map((row) => this.#task(row, now)), next };
  }

  #task(row: TaskRow, now: number): Task {
    const { pathways } = this.#parts;
    const pathway = row.pathway === null ? undefined : pathways.find(row.pathway);
    const definition = pathway?.definition.deadlines[row.definition] ?? pathways.common.deadlines[row.definition];
    const late = now - Date.parse(row.due_at);
    return {
      ...row,
      title: definition?.title ?? null,
      overdueHours: late < 0 ? null : Math.floor(late / 3_600_000),
      proposes: definition?.proposes ?? null,
    };
  }

  async #withCase<Result>(
    id: string,
    caller: Caller,
    asOf: Instant | undefined,
    use: (known: KnownCase, person: PersonState, context: DecideContext, whole: KnownCase) => Result,
  ): Promise<Result | undefined> {
    return this.#read(async (queries) => {
      const loaded = await this.#find(queries, id, caller, asOf);
      if (loaded === undefined) return undefined;
      const { personId, facts } = loaded.whole;
      const { register } = registerInForce(this.#parts.pathways);
      const [person, child, around] = await Promise.all([
        loadPerson(queries, this.#parts.sealer, personId, asOf),
        loadCircumstances(queries, this.#parts, { personId, caseId: id }),
        surroundingsOf(queries, personId, textsIn(facts), register),
      ]);
      return use(loaded.state, person.state, this.#contextFor(caller, { ...child, ...around }, asOf), loaded.whole);
    });
  }

  /** A conflict of interest beats every role, and is answered as if there were no such case (GR-COI). */
  async #find(
    queries: Queryable,
    id: string,
    caller: Caller,
    asOf: Instant | undefined,
  ): Promise<KnownAsLoaded | undefined> {
    const [loaded, known] = await Promise.all([loadCase(queries, id, asOf), knownCase(queries, id, caller)]);
    if (known === undefined || loaded.state.status !== 'known') return undefined;
    const { state: whole, stored } = loaded;
    await makeKnown(this.#parts.pathways, whole.enrolment?.pathway);
    const isOpen = !known.sealed || (known.unsealedUntil ?? '') > this.#parts.clock.now();
    return isOpen ? { state: whole, whole, stored } : this.#behindSeal(whole, stored);
  }

  /** A record is closed with its past: of its history only what came after the sealing is shown. */
  #behindSeal(whole: KnownCase, stored: StoredEvent[]): KnownAsLoaded {
    const sealing = whole.enrolment && this.#parts.pathways.find(whole.enrolment.pathway)?.definition.content.sealing;
    if (sealing === undefined) return { state: whole, whole, stored };
    const sealed = stored.findIndex(({ type, data }) => type === 'FactsRecorded' && isToldIn(data, sealing.fact));
    return { state: behindSeal(whole, sealing), whole, stored: sealed < 0 ? [] : stored.slice(sealed + 1) };
  }

  #contextFor(actor: Caller, around: Around, asOf: Instant | undefined): DecideContext {
    const { clock, pathways, calendar } = this.#parts;
    return {
      ...around,
      now: asOf ?? clock.now(),
      actor,
      pathway: (key) => pathways.find(key),
      common: pathways.common,
      calendar,
      staff: () => undefined, // what may be done next names nobody yet
    };
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }
}

/** A case as it is shown, and as it is. */
interface KnownAsLoaded {
  state: KnownCase;
  whole: KnownCase;
  stored: StoredEvent[];
}

const isToldIn = ({ facts }: StoredEvent['data'], name: string): boolean => Object.hasOwn(facts as object, name);
