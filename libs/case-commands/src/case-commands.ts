import { loadCase, loadPerson } from '#libs/case-log';
import { holdsDetails, type DecideContext } from '#libs/cases';
import { ConcurrencyConflict, DuplicateCommand, feedChannel } from '#libs/event-store';
import { writePerson, writeTokens } from '#libs/read-models';
import { assertAllowed } from './allowed.js';
import { v7 as uuidv7 } from 'uuid';
import { decideCase, writeDecided, type DecidedCase } from './decide-case.js';
import { decideOnPerson } from './decide-person.js';
import { eraseChild, prepareAgain, prepareErasure } from './erase-child.js';
import type { Erasure } from './erasure-ledger.js';
import { VersionConflict } from './errors.js';
import { FacilityCommands } from './facility-commands.js';
import { findAnswer, keepAnswer, lostToSameKey } from './idempotency.js';
import type { AfterCommit, CaseCommandsParts, Change } from './parts.js';
import { answerOf, assertVersion, keepOnly, record } from './recording.js';
import type { Answer, CaseRequest, Envelope, FacilityRequest, PersonRequest, RungsRequest } from './request.js';
import { contextFor } from './surroundings.js';
import { system } from './system.js';
import { inForce } from './version-in-force.js';

/** How often a lost race is tried again before the caller hears of it. */
const ATTEMPTS = 3;

/** A command that was decided and not yet done. */
interface Decision {
  request: CaseRequest;
  decided: DecidedCase;
  surroundings: DecideContext;
}

/** What a command would come to, or what it came to when it was sent before. */
export type Rehearsal = Pick<Decision, 'decided'> | { answered: Answer };

/**
 * The one way to change anything: load, decide, append with read models, deadlines, outbox and the answer in one
 * transaction. A command that was acknowledged is in the log, once.
 */
export class CaseCommands {
  readonly #parts: CaseCommandsParts;
  readonly #facilities: FacilityCommands;
  readonly #listeners: AfterCommit[];

  constructor(parts: CaseCommandsParts) {
    this.#parts = parts;
    this.#facilities = new FacilityCommands(parts, (change) => this.#hint(change));
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

  /** @throws CommandRefused, VersionConflict, KeyReused */
  async executeFacility(request: FacilityRequest): Promise<Answer> {
    const answer = await this.#retrying(request, () => this.#facilities.try(request));
    if (answer.events.includes('FacilityMoved')) await this.countUndecided(request.facilityId);
    return answer;
  }

  /** Tells whoever carries a deadline that its time has come. @throws CommandRefused, VersionConflict */
  async reachRungs({ streamId, deadline, occurredAt, precision, ...envelope }: RungsRequest): Promise<Answer> {
    const command = { type: 'ReachRungs' as const, data: { deadline }, occurredAt, precision };
    return (await this.#facilities.isFacility(streamId))
      ? this.executeFacility({ ...envelope, facilityId: streamId, command })
      : this.execute({ ...envelope, caseId: streamId, command });
  }

  /**
   * Counts the children of a closing facility who wait for a decision, and tells the facility when there are none left, or
   * one again. Called after whatever may have changed it, and by a sweep, so a count that fails is made up for.
   *
   * @returns whether the facility was told anything new
   */
  async countUndecided(facilityId: string): Promise<boolean> {
    const request = await this.#facilities.countRequest(facilityId);
    if (request === undefined) return false;
    const { events } = await this.#retrying(request, () => this.#facilities.try(request));
    return events.length > 0;
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

  /**
   * Decides as `execute` would and changes nothing: for what has to be there before the log tells of it.
   *
   * @throws CommandRefused, VersionConflict, KeyReused
   */
  async rehearse(asked: CaseRequest): Promise<Rehearsal> {
    return this.#decide(asked);
  }

  async #tryCase(asked: CaseRequest): Promise<Answer> {
    const decision = await this.#decide(asked);
    if ('answered' in decision) return decision.answered;
    const { database, context } = this.#parts;
    const { request, decided, surroundings } = decision;
    const { loaded, events, after } = decided;
    const answer = answerOf(request.caseId, after.version, events);
    if (events.length === 0) return keepOnly(this.#parts, request, answer);
    await database.unitOfWork.run(context, async (tx) => {
      await writeDecided(tx, this.#parts, request, decided);
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hintOf([decided]));
    });
    await this.#facilities.countAround([loaded.state, after], surroundings, (id) => this.countUndecided(id));
    return answer;
  }

  async #decide(asked: CaseRequest): Promise<Decision | { answered: Answer }> {
    const { database, context, pathways, clock } = this.#parts;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, asked.idempotency), loadCase(queries, asked.caseId)]),
    );
    if (answered !== undefined) return { answered };
    const request = await inForce(asked, loaded.state, { pathways, now: clock.now() });
    const surroundings = await contextFor(this.#parts, request, loaded.state);
    // Policy first: not even the version of a case is told to those who may not know of it.
    assertAllowed(request, loaded.state, surroundings);
    assertVersion(request.expectedVersion, loaded.state.version);
    return { request, decided: decideCase(request, loaded, surroundings), surroundings };
  }

  /** Forgets again whom a restore has brought back. Whatever was forgotten already is left as it is. */
  async eraseAgain(erasure: Erasure): Promise<void> {
    const { database, context, clock } = this.#parts;
    const now = clock.now();
    const envelope: Envelope = { actor: system, purpose: 'erasure', traceId: uuidv7().replaceAll('-', '') };
    const child = await prepareAgain(this.#parts, erasure, system, now);
    await database.unitOfWork.run(context, (tx) => eraseChild(tx, this.#parts, envelope, child, now));
    await this.#parts.attachments?.deleteOfCases(erasure.cases);
  }

  async #tryPerson(request: PersonRequest): Promise<Answer> {
    const { database, context, sealer, blindIndex } = this.#parts;
    const { personId: id, command } = request;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadPerson(queries, sealer, id)]),
    );
    if (answered !== undefined) return answered;
    const { events, after, recordedAt, cases } = await decideOnPerson(this.#parts, request, loaded);
    const answer = answerOf(id, after.version, events);
    if (events.length === 0) return keepOnly(this.#parts, request, answer);
    const erased =
      command.type === 'ApproveErasure'
        ? await prepareErasure(this.#parts, request, loaded.state, recordedAt)
        : undefined;
    const changed = events.some(({ type }) => holdsDetails(type));
    const tokens = changed ? await blindIndex.tokensOf(after.identity) : undefined;
    await database.unitOfWork.run(context, async (tx) => {
      await record(tx, this.#parts, request, { id, category: 'person', personId: id, loaded, events, recordedAt });
      for (const noted of cases) await writeDecided(tx, this.#parts, request, noted);
      writePerson(tx, id, after);
      if (tokens !== undefined) writeTokens(tx, id, tokens);
      if (erased !== undefined) await eraseChild(tx, this.#parts, request, erased, recordedAt);
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hintOf(cases));
    });
    if (erased !== undefined) await this.#parts.attachments?.deleteOfCases(erased.erasure.cases);
    return answer;
  }

  #hintOf(decided: readonly DecidedCase[]): void {
    this.#parts.database.signals.raise(feedChannel);
    for (const { caseId: streamId, events, after } of decided) {
      if (after.status === 'known') this.#tell({ streamId, events, after });
    }
  }

  #hint(change: Change): void {
    this.#parts.database.signals.raise(feedChannel);
    this.#tell(change);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
