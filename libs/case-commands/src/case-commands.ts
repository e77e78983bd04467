import { loadCase, loadPerson } from '#libs/case-log';
import { holdsDetails, type Actor, type CaseState } from '#libs/cases';
import { ConcurrencyConflict, DuplicateCommand, feedChannel } from '#libs/event-store';
import { writePerson, writeTokens } from '#libs/read-models';
import { appendEvents } from './append-events.js';
import { decideCase, writeDecided } from './decide-case.js';
import { decideOnPerson } from './decide-person.js';
import { VersionConflict } from './errors.js';
import { findAnswer, keepAnswer, lostToSameKey } from './idempotency.js';
import type { AfterCommit, CaseCommandsParts, Changed } from './parts.js';
import type { Answer, CaseRequest, Envelope, PersonRequest } from './request.js';

/** How often a lost race is tried again before the caller hears of it. */
const ATTEMPTS = 3;

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
    const decided = await decideCase(this.#parts, request, loaded);
    const answer = answerOf(request.caseId, decided.state.version, decided.events);
    if (decided.events.length === 0) return this.#keepOnly(request, answer);
    await database.unitOfWork.run(context, async (tx) => {
      await writeDecided(tx, this.#parts, request, decided);
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hint([decided]));
    });
    return answer;
  }

  async #tryPerson(request: PersonRequest): Promise<Answer> {
    const { database, context, sealer, blindIndex } = this.#parts;
    const { personId: id } = request;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadPerson(queries, sealer, id)]),
    );
    if (answered !== undefined) return answered;
    assertVersion(request.expectedVersion, loaded.state.version);
    const { events, after, recordedAt, cases } = await decideOnPerson(this.#parts, request, loaded);
    const answer = answerOf(id, after.version, events);
    if (events.length === 0) return this.#keepOnly(request, answer);
    const changed = events.some(({ type }) => holdsDetails(type));
    const tokens = changed ? await blindIndex.tokensOf(after.identity) : undefined;
    await database.unitOfWork.run(context, async (tx) => {
      await appendEvents(tx, sealer, request, { id, category: 'person', personId: id, loaded, events, recordedAt });
      for (const noted of cases) await writeDecided(tx, this.#parts, request, noted);
      writePerson(tx, id, after);
      if (tokens !== undefined) writeTokens(tx, id, tokens);
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hint(cases));
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

  #hint(changes: readonly Changed[]): void {
    this.#parts.database.signals.raise(feedChannel);
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }
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
