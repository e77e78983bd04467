import { caseRelations, contextOf, decideAccess, type CaseAction } from '#libs/access';
import type { Clock, Instant, WorkingCalendar } from '#libs/calendar';
import { loadCase, loadPerson, type LoadedCase } from '#libs/case-log';
import {
  isSealed,
  nextSteps,
  sealOf,
  sharesNothing,
  type DecideContext,
  type KnownCase,
  type NextStep,
  type PersonDetails,
  type PersonState,
} from '#libs/cases';
import type { Database, DatabaseContext, Queryable } from '#libs/database';
import { makeKnown, registerInForce, type PathwayRegistry } from '#libs/pathway-files';
import type { BlindIndex, Sealer } from '#libs/privacy';
import { loadChild, loadCircumstances } from '../child.js';
import { surroundingsOf, textsIn } from '../facilities/surroundings.js';
import { pathwayFlow, type FlowRow } from '../flow/query.js';
import { attachmentOf, type AttachmentFound } from './attachment.js';
import { caseView, deadlinesView, personView, type CaseView } from './case-view.js';
import { childView, type ChildView } from './child-view.js';
import { isHiddenFrom } from './hidden.js';
import { inbox, markRead, type NoticeRow } from './inbox.js';
import type { Page, PageRequest } from './page.js';
import { personShownTo } from './person-access.js';
import { searchPeople, SearchesUsedUp, type SearchPurpose } from './person-search.js';
import { isWorthALook, possibleDuplicates, type PossibleDuplicate } from './possible-duplicates.js';
import type { Caller } from './scope.js';
import { sealedCase, type WithHistory } from './sealed-case.js';
import { caseShown, personShown, type Shown } from './shown.js';
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
    return this.#withCase(id, caller, asOf, (known, person, context, { shown }) =>
      caseShown(caseView(id, known, person, context), shown, caller),
    );
  }

  /** Whether policy lets the caller do something with a case; one that is not there gives nobody leave. */
  async allows(id: string, action: CaseAction, caller: Caller): Promise<boolean> {
    const asked = await this.#read((queries) => this.#askedOf(queries, id));
    return asked !== undefined && decideAccess(action, caller, asked.relations, this.#parts.clock.now()) !== undefined;
  }

  async findDeadlines(id: string, caller: Caller, asOf?: Instant) {
    return this.#withProgress(id, caller, asOf, (known, context) => deadlinesView(known, context));
  }

  async findReferrals(id: string, caller: Caller, asOf?: Instant) {
    return this.#withCase(
      id,
      caller,
      asOf,
      (known, person, context, { shown }) => caseShown(caseView(id, known, person, context), shown, caller).referrals,
    );
  }

  /** Each transition that leads on from here, with what is missing before the caller may take it. */
  async findNextSteps(id: string, caller: Caller): Promise<NextStep[] | undefined> {
    return this.#withProgress(id, caller, undefined, (_known, context, whole) => nextSteps(whole, context));
  }

  async findTimeline(
    id: string,
    caller: Caller,
    page: PageRequest,
    asOf?: Instant,
  ): Promise<Page<TimelineEntry> | undefined> {
    return this.#read(async (queries) => {
      const found = await this.#find(queries, id, caller, asOf);
      if (found?.shown.has('progress') !== true) return undefined;
      const { whole, stored, shown } = found;
      return timelinePage(queries, this.#parts.sealer, whole.personId, stored, page, shown);
    });
  }

  /** The file that is attached to a document. */
  async findAttachment(id: string, documentId: string, caller: Caller): Promise<AttachmentFound | undefined> {
    return this.#read(async (queries) => {
      const found = await this.#find(queries, id, caller, undefined);
      return found && attachmentOf(queries, this.#parts.sealer, found, documentId);
    });
  }

  /** A child's own record, as far as the child's cases let the caller see it. */
  async findPerson(id: string, caller: Caller) {
    return this.#read(async (queries) => {
      const [{ state }, shown] = await Promise.all([
        loadPerson(queries, this.#parts.sealer, id),
        this.#personShownTo(queries, id, caller),
      ]);
      return state.facts === undefined || shown === undefined ? undefined : personShown(personView(id, state), shown);
    });
  }

  /** Whether there is such a child, for somebody whom nothing keeps away from it. */
  async isOnRecord(id: string, caller: Caller): Promise<boolean> {
    return this.#read(async (queries) => {
      const [{ state }, hidden] = await Promise.all([
        loadPerson(queries, this.#parts.sealer, id),
        isHiddenFrom(queries, id, caller),
      ]);
      return state.facts !== undefined && !hidden;
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
        this.#personShownTo(queries, id, caller),
        loadChild(queries, this.#parts.pathways, id),
      ]),
    );
    const [{ state }, shown, child] = known;
    const { facts, identity, location } = state;
    if (facts === undefined || shown?.has('identity') !== true) return undefined;
    const same = [id, ...child.records.map((record) => record.id)];
    const tokens = await this.#parts.blindIndex.tokensToFind(identity);
    const sought = {
      told: { facts, identity, location },
      tokens,
      caller,
      same,
      isAnswer: isWorthALook,
      now: this.#parts.clock.now(),
    };
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
    return this.#list(caller, (queries) => overdueBands(queries, caller, this.#parts.clock.now()));
  }

  async referralsUnanswered(caller: Caller, page: PageRequest): Promise<Page<UnansweredRow>> {
    return this.#list(caller, (queries) => referralsUnanswered(queries, caller, page));
  }

  async unassigned(caller: Caller, page: PageRequest): Promise<Page<UnassignedRow>> {
    return this.#list(caller, (queries) => unassigned(queries, caller, page));
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
    const { items, next } = await this.#list(caller, (queries) => tasks(queries, caller, filter, page));
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
    use: (known: KnownCase, person: PersonState, context: DecideContext, found: FoundCase) => Result,
  ): Promise<Result | undefined> {
    return this.#read(async (queries) => {
      const found = await this.#find(queries, id, caller, asOf);
      if (found === undefined) return undefined;
      const { personId } = found.whole;
      const [person, child] = await Promise.all([
        loadPerson(queries, this.#parts.sealer, personId, asOf),
        loadCircumstances(queries, this.#parts, { personId, caseId: id }),
      ]);
      return use(found.state, person.state, this.#contextFor(caller, { ...child, ...found.around }, asOf), found);
    });
  }

  /** For those who see how a case goes, not only what a referral tells. */
  async #withProgress<Result>(
    id: string,
    caller: Caller,
    asOf: Instant | undefined,
    use: (known: KnownCase, context: DecideContext, whole: KnownCase) => Result,
  ): Promise<Result | undefined> {
    return this.#withCase(id, caller, asOf, (known, _person, context, { shown, whole }) =>
      shown.has('progress') ? use(known, context, whole) : undefined,
    );
  }

  /**
   * The case, with what policy lets the caller see of it. Access and seals are judged as things are now, also where the past
   * is asked for; whoever may not know of a case is answered as if there were none.
   */
  async #find(
    queries: Queryable,
    id: string,
    caller: Caller,
    asOf: Instant | undefined,
  ): Promise<FoundCase | undefined> {
    const asked = await this.#askedOf(queries, id);
    if (asked === undefined) return undefined;
    const now = this.#parts.clock.now();
    const shown = decideAccess('case.read', caller, asked.relations, now);
    if (shown === undefined) return undefined;
    const loaded = asOf === undefined ? asked.present : known(await loadCase(queries, id, asOf));
    if (loaded === undefined) return undefined;
    const seal = isSealed(asked.present.state, asked.pathway, now)
      ? sealOf(asked.present.state, asked.pathway)
      : undefined;
    const open = seal === undefined ? { state: loaded.state, stored: loaded.stored } : sealedCase(loaded, seal);
    return { ...open, whole: loaded.state, shown, around: asked.around };
  }

  /** A case with all that access to it depends on. One whose child was forgotten is not there. */
  async #askedOf(queries: Queryable, id: string) {
    const present = known(await loadCase(queries, id));
    if (present === undefined || present.state.erased) return undefined;
    const { personId, facts, enrolment } = present.state;
    const { register } = registerInForce(this.#parts.pathways);
    const around = await surroundingsOf(queries, personId, textsIn(facts), register);
    await makeKnown(this.#parts.pathways, enrolment?.pathway);
    const pathway = enrolment === undefined ? undefined : this.#parts.pathways.find(enrolment.pathway);
    return { present, pathway, around, relations: caseRelations(present.state, pathway, around.shutOut) };
  }

  async #personShownTo(queries: Queryable, id: string, caller: Caller): Promise<Shown | undefined> {
    const { pathways, clock } = this.#parts;
    const hidden = await isHiddenFrom(queries, id, caller);
    return hidden ? undefined : personShownTo(queries, pathways, id, caller, clock.now());
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
      sharing: () => sharesNothing, // nor does it refer
    };
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

type KnownAsLoaded = LoadedCase & { state: KnownCase };

/** A case as it is shown, and as it is. */
interface FoundCase extends WithHistory {
  whole: KnownCase;
  shown: Shown;
  around: Pick<Around, 'facility' | 'shutOut'>;
}

function known(loaded: LoadedCase): KnownAsLoaded | undefined {
  return loaded.state.status === 'known' ? { ...loaded, state: loaded.state } : undefined;
}
