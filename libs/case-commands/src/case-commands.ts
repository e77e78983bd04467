import type { Clock, Instant, WorkingCalendar } from '#libs/calendar';
import { loadCase, loadPerson, sealEvents, type LoadedCase } from '#libs/case-log';
import {
  birthDateOf,
  decide,
  decidePerson,
  evolve,
  evolvePerson,
  type Actor,
  type CaseCommand,
  type CaseEvent,
  type CaseState,
  type DecideContext,
} from '#libs/cases';
import type { Database, DatabaseContext, Transaction } from '#libs/database';
import { append, ConcurrencyConflict, DuplicateCommand, feedChannel } from '#libs/event-store';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Sealer } from '#libs/privacy';
import { writeCase, writePerson } from '#libs/read-models';
import { dependsOnAge } from './age.js';
import { CommandRefused, VersionConflict } from './errors.js';
import { commandIdOf, findAnswer, keepAnswer, lostToSameKey } from './idempotency.js';
import type { Answer, CaseRequest, Envelope, PersonRequest } from './request.js';

/** How often a lost race is tried again before the caller hears of it. */
const ATTEMPTS = 3;

/** Told after a commit; a hint that may be lost. */
export type AfterCommit = (change: { caseId: string; events: readonly CaseEvent[]; state: CaseState }) => void;

export interface CaseCommandsParts {
  database: Database;
  pathways: PathwayRegistry;
  sealer: Sealer;
  clock: Clock;
  calendar: WorkingCalendar;
  context: DatabaseContext;
  afterCommit?: AfterCommit;
}

/**
 * The one way to change anything: load, decide, append with read models, deadlines, outbox and the answer in one
 * transaction. A command that was acknowledged is in the log, once.
 */
export class CaseCommands {
  readonly #parts: CaseCommandsParts;
  readonly #listeners: AfterCommit[];

  constructor(parts: CaseCommandsParts) {
    this.#parts = parts;
    this.#listeners = parts.afterCommit === undefined ? [] : [parts.afterCommit];
  }

  /** Adds a listener for hints after each commit, such as waking the queue. */
  onCommit(listener: AfterCommit): void {
    this.#listeners.push(listener);
  }

  /** @throws CommandRefused, VersionConflict, KeyReused */
  async execute(request: CaseRequest): Promise<Answer> {
    return this.#retrying(request, () => this.#tryCase(request));
  }

  /** @throws CommandRefused, VersionConflict, KeyReused */
  async executePerson(request: PersonRequest): Promise<Answer> {
    return this.#retrying(request, () => this.#tryPerson(request));
  }

  /** A race is lost because somebody else was faster: the case is read again and the command decided again. */
  async #retrying(request: Envelope & { expectedVersion?: number }, attempt: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (lostToSameKey(error) || error instanceof DuplicateCommand) {
          if (tries < ATTEMPTS) continue;
          throw error;
        }
        if (!(error instanceof ConcurrencyConflict)) throw error;
        if (request.expectedVersion !== undefined) throw new VersionConflict('precondition', error.present ?? 0);
        if (tries === ATTEMPTS) throw new VersionConflict('race', error.present ?? 0);
      }
    }
  }

  async #tryCase(request: CaseRequest): Promise<Answer> {
    const { database, context } = this.#parts;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadCase(queries, request.caseId)]),
    );
    if (answered !== undefined) return answered;
    if (!isHidden(loaded.state, request.actor)) assertVersion(request.expectedVersion, loaded.state.version);
    const decideContext = await this.#contextFor(request, loaded.state);
    const decided = decide(request.command, loaded.state, decideContext);
    if (!decided.ok) throw new CommandRefused(decided.refusal, loaded.state.version);
    return this.#record(request, loaded, decided.events, decideContext.now);
  }

  async #record(request: CaseRequest, loaded: LoadedCase, events: CaseEvent[], recordedAt: Instant): Promise<Answer> {
    const by = request.actor.id;
    const after = events.reduce<CaseState>((state, event) => evolve(state, { event, by, recordedAt }), loaded.state);
    const answer = answerOf(request.caseId, after.version, events);
    if (events.length === 0 || after.status === 'none') return this.#keepOnly(request, answer);
    const { personId } = after;
    await this.#parts.database.unitOfWork.run(this.#parts.context, async (tx) => {
      await this.#append(tx, request, { id: request.caseId, category: 'case', personId, loaded, events, recordedAt });
      const pathway = (key: string) => this.#parts.pathways.get(key);
      writeCase(tx, { id: request.caseId, before: loaded.state, after, events, pathway });
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hint({ caseId: request.caseId, events, state: after }));
    });
    return answer;
  }

  async #tryPerson(request: PersonRequest): Promise<Answer> {
    const { database, context, sealer, clock } = this.#parts;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadPerson(queries, sealer, request.personId)]),
    );
    if (answered !== undefined) return answered;
    const { personId: id } = request;
    assertVersion(request.expectedVersion, loaded.state.version);
    const events = decidePerson(request.command, loaded.state);
    const after = events.reduce(evolvePerson, loaded.state);
    const answer = answerOf(id, after.version, events);
    if (events.length === 0) return this.#keepOnly(request, answer);
    await database.unitOfWork.run(context, async (tx) => {
      const from = { id, category: 'person', personId: id, loaded, events, recordedAt: clock.now() };
      await this.#append(tx, request, from);
      writePerson(tx, id, after);
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => database.signals.raise(feedChannel));
    });
    return answer;
  }

  /** Nothing changed, but the key is used up: sent again later, the request must not undo what came in between. */
  async #keepOnly({ idempotency }: Envelope, answer: Answer): Promise<Answer> {
    if (idempotency !== undefined) {
      await this.#parts.database.unitOfWork.run(this.#parts.context, (tx) => keepAnswer(tx, idempotency, answer));
    }
    return answer;
  }

  async #append(tx: Transaction, request: Envelope, from: Appending): Promise<void> {
    const { id, category, personId, loaded, events, recordedAt } = from;
    const { version } = loaded.state;
    const sealed = await sealEvents(tx, this.#parts.sealer, { personId, streamId: id, version }, events);
    append(tx, { id, category }, version, sealed, {
      commandId: commandIdOf(request.idempotency),
      recordedAt,
      headHash: loaded.headHash,
      meta: {
        actor: request.actor.id,
        purpose: request.purpose,
        traceId: request.traceId,
        ...(request.onBehalfOf === undefined ? {} : { onBehalfOf: request.onBehalfOf }),
        ...(request.legalBasis === undefined ? {} : { legalBasis: request.legalBasis }),
      },
    });
  }

  async #contextFor({ command, actor }: CaseRequest, state: CaseState): Promise<DecideContext> {
    const { clock, pathways, calendar } = this.#parts;
    return {
      now: clock.now(),
      actor,
      pathway: (key) => pathways.find(key),
      common: pathways.common,
      calendar,
      birthDate: await this.#birthDate(command, state),
    };
  }

  /** The child's identity is opened only for pathways whose rules ask for an age. */
  async #birthDate(command: CaseCommand, state: CaseState): Promise<string | undefined> {
    const { database, context, sealer, pathways } = this.#parts;
    const personId = state.status === 'known' ? state.personId : openingPerson(command);
    const key = state.status === 'known' ? (state.enrolment?.pathway ?? enrolledIn(command)) : enrolledIn(command);
    const pathway = key === undefined ? undefined : pathways.find(key);
    if (personId === undefined || pathway === undefined || !dependsOnAge(pathway.definition)) return undefined;
    const person = await database.read(context, (queries) => loadPerson(queries, sealer, personId));
    return birthDateOf(person.state.identity);
  }

  #hint(change: Parameters<AfterCommit>[0]): void {
    this.#parts.database.signals.raise(feedChannel);
    for (const listener of this.#listeners) listener(change);
  }
}

interface Appending {
  id: string;
  category: string;
  personId: string;
  loaded: { state: { version: number }; headHash: Buffer | null };
  events: Parameters<typeof sealEvents>[3];
  recordedAt: string;
}

/** Whoever is in conflict of interest is not even told which version a case is at; the core then answers "not found". */
function isHidden(state: CaseState, { id, agency }: Actor): boolean {
  return state.status === 'known' && state.conflicts.some(({ ref }) => ref === id || ref === agency);
}

function assertVersion(expected: number | undefined, present: number): void {
  if (expected !== undefined && expected !== present) throw new VersionConflict('precondition', present);
}

function answerOf(id: string, version: number, events: readonly { type: string }[]): Answer {
  return { id, version, events: events.map(({ type }) => type), repeated: false };
}

function openingPerson(command: CaseCommand): string | undefined {
  return command.type === 'OpenCase' ? command.data.personId : undefined;
}

function enrolledIn(command: CaseCommand): string | undefined {
  return command.type === 'OpenCase' || command.type === 'EnrolCase' ? command.data.pathway : undefined;
}
