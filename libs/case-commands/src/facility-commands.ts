import { facilityIdOf, loadFacility, type LoadedFacility } from '#libs/case-log';
import {
  closingStates,
  decideFacility,
  evolveFacility,
  isAccused,
  type Actor,
  type CaseState,
  type DecideContext,
  type FacilityContext,
  type FacilityEvent,
  type FacilityState,
} from '#libs/cases';
import { registerInForce } from '#libs/pathway-files';
import { residentsOf, undecidedOf, writeFacility } from '#libs/read-models';
import { v7 as uuidv7 } from 'uuid';
import { CommandRefused } from './errors.js';
import { findAnswer, keepAnswer } from './idempotency.js';
import type { CaseCommandsParts, Change } from './parts.js';
import { answerOf, assertVersion, keepOnly, record } from './recording.js';
import { system } from './system.js';
import type { Answer, FacilityRequest } from './request.js';

/** One try at a command on a facility; whoever lost a race comes again. */
export class FacilityCommands {
  readonly #parts: CaseCommandsParts;
  readonly #hint: (change: Change) => void;

  constructor(parts: CaseCommandsParts, hint: (change: Change) => void) {
    this.#parts = parts;
    this.#hint = hint;
  }

  async try(request: FacilityRequest): Promise<Answer> {
    const { database, context } = this.#parts;
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadFacility(queries, request.facilityId)]),
    );
    if (answered !== undefined) return answered;
    if (!isHidden(loaded.state, request.actor)) assertVersion(request.expectedVersion, loaded.state.version);
    const facilityContext = await this.#contextFor(request, loaded.state);
    const decided = decideFacility(request.command, loaded.state, facilityContext);
    if (!decided.ok) throw new CommandRefused(decided.refusal, loaded.state.version);
    return this.#record(request, loaded, decided.events, facilityContext);
  }

  /** What tells a closing facility how many of its children wait for a decision; undefined for any other. */
  async countRequest(facilityId: string): Promise<FacilityRequest | undefined> {
    const { database, context, pathways, clock } = this.#parts;
    const { register, residence } = registerInForce(pathways);
    const now = clock.now();
    const undecided = await database.read(context, (queries) =>
      undecidedOf(queries, facilityId, { closing: closingStates(register), waiting: residence?.undecided ?? [], now }),
    );
    if (undecided === undefined) return undefined;
    return {
      facilityId,
      command: { type: 'CountUndecided', data: { undecided }, occurredAt: now, precision: 'moment' },
      actor: system,
      purpose: 'deadline',
      traceId: uuidv7().replaceAll('-', ''),
    };
  }

  /**
   * Has the closing facilities counted where the child lives, or lived until now. Whatever goes wrong is left to the
   * sweep: the command itself has been recorded.
   */
  async countAround(
    states: readonly CaseState[],
    { facility }: DecideContext,
    count: (facilityId: string) => Promise<unknown>,
  ): Promise<void> {
    const closing = closingStates(registerInForce(this.#parts.pathways).register);
    const codes = new Set(states.flatMap(facilitiesIn).filter((code) => closing.includes(facility(code)?.state ?? '')));
    await Promise.allSettled([...codes].map((code) => count(facilityIdOf(code))));
  }

  async isFacility(streamId: string): Promise<boolean> {
    const { database, context } = this.#parts;
    const rows = await database.read(context, (queries) =>
      queries.query(
        'stream_is_facility',
        `SELECT FROM streams WHERE tenant_id = $1 AND stream_id = $2 AND category = 'facility'`,
        [queries.context.tenant, streamId],
      ),
    );
    return rows.length > 0;
  }

  async #record(
    request: FacilityRequest,
    loaded: LoadedFacility,
    events: FacilityEvent[],
    { now: recordedAt }: FacilityContext,
  ): Promise<Answer> {
    const { facilityId: id } = request;
    const recorded = events.map((event) => ({ event, by: request.actor.id, recordedAt }));
    const after = recorded.reduce<FacilityState>(evolveFacility, loaded.state);
    const answer = answerOf(id, after.version, events);
    if (events.length === 0 || after.status === 'none') return keepOnly(this.#parts, request, answer);
    await this.#parts.database.unitOfWork.run(this.#parts.context, async (tx) => {
      const to = { id, category: 'facility', personId: id, loaded, events, recordedAt };
      await record(tx, this.#parts, request, to);
      writeFacility(tx, { id, before: loaded.state, after, recorded });
      keepAnswer(tx, request.idempotency, answer);
      tx.afterCommit(() => this.#hint({ streamId: id, events, after }));
    });
    return answer;
  }

  async #contextFor({ actor }: FacilityRequest, state: FacilityState): Promise<FacilityContext> {
    const { clock, pathways, calendar, database, context } = this.#parts;
    const now = clock.now();
    const residents =
      state.status === 'none' ? 0 : await database.read(context, (queries) => residentsOf(queries, state.code, now));
    const { register } = registerInForce(pathways);
    return { now, actor, common: pathways.common, calendar, register, residents };
  }
}

/** While an allegation stands, its own people are not even told which version a facility is at. */
function isHidden(state: FacilityState, { agency }: Actor): boolean {
  return state.status === 'known' && state.code === agency && isAccused(state);
}

/** Where the child lives by this case. */
function facilitiesIn(state: CaseState): string[] {
  if (state.status === 'none') return [];
  return state.stays.flatMap(({ facility, until, replacedAt }) =>
    facility !== undefined && until === undefined && replacedAt === undefined ? [facility] : [],
  );
}
