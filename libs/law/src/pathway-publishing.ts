import type { Clock, WorkingCalendar } from '#libs/calendar';
import {
  commandIdOf,
  CommandRefused,
  findAnswer,
  keepAnswer,
  VersionConflict,
  type Answer,
  type Envelope,
} from '#libs/case-commands';
import type { Outcome } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import { append, ConcurrencyConflict, type EventToAppend } from '#libs/event-store';
import { compareVersions, overlayVersion, type Change, type Pathway } from '#libs/pathways';
import {
  decidePathway,
  evolvePathway,
  loadHistory,
  pathwayCategory,
  pathwayStreamOf,
  publishedChannel,
  readDraft,
  subjectOf,
  type LoadedHistory,
  type PathwayCommand,
  type PathwayCommandData,
  type PathwayContext,
  type PathwayEvent,
  type PublishedPathways,
  type VersionStatus,
} from '#libs/pathway-versions';
import { writePathway } from '#libs/read-models';

export interface PublishingParts {
  database: Database;
  context: DatabaseContext;
  clock: Clock;
  calendar: WorkingCalendar;
  pathways: PublishedPathways;
}

/** Who asks for a change of the law, and on which conditions. */
export interface PublishingRequest extends Envelope {
  /** The version of the pathway's history that the caller saw. */
  expectedVersion?: number;
}

const schemaVersion = 1;

/** How versions of pathways come into force: proposed, agreed to, published. Each step is an event. */
export class PathwayPublishing {
  readonly #parts: PublishingParts;

  constructor(parts: PublishingParts) {
    this.#parts = parts;
  }

  /** @throws CommandRefused with every finding of the linter, VersionConflict, KeyReused */
  async propose(data: PathwayCommandData['ProposePathwayVersion'], request: PublishingRequest): Promise<Answer> {
    const pathway = subjectOf(data.source)?.pathway ?? '';
    return this.#execute(pathway, { type: 'ProposePathwayVersion', data }, request);
  }

  /**
   * What is published is known to this process when the answer is there, and to the others a moment later.
   *
   * @throws CommandRefused, VersionConflict, KeyReused
   */
  async approve(pathway: string, version: string, request: PublishingRequest): Promise<Answer> {
    return this.#execute(pathway, { type: 'ApprovePathwayVersion', data: { version } }, request);
  }

  async #execute(pathway: string, command: PathwayCommand, request: PublishingRequest): Promise<Answer> {
    const { database, context, pathways } = this.#parts;
    await pathways.refresh();
    const [answered, loaded] = await database.read(context, (queries) =>
      Promise.all([findAnswer(queries, request.idempotency), loadHistory(queries, pathway)]),
    );
    if (answered !== undefined) return answered;
    const { version } = loaded.state;
    if (request.expectedVersion !== undefined && request.expectedVersion !== version) {
      throw new VersionConflict('precondition', version);
    }
    const events = eventsOf(decidePathway(command, loaded.state, this.#contextFor(pathway, command, request)), version);
    const answer = await this.#record(pathway, request, loaded, events);
    await pathways.refresh();
    database.signals.raise(publishedChannel);
    return answer;
  }

  /** Every version that was ever proposed, in that order, with who agreed; shipped ones are not among them. */
  async versions(pathway: string): Promise<VersionStatus[]> {
    const { database, context } = this.#parts;
    const { state } = await database.read(context, (queries) => loadHistory(queries, pathway));
    return state.versions;
  }

  /** What is different between two versions, proposed or published; undefined when one of them is not there. */
  async compare(pathway: string, from: string, to: string): Promise<Change[] | undefined> {
    const proposed = await this.versions(pathway);
    await this.#parts.pathways.refresh();
    const [before, after] = [from, to].map((version) => this.#find(pathway, version, proposed));
    return before && after && compareVersions(before, after);
  }

  #find(pathway: string, version: string, proposed: readonly VersionStatus[]): Pathway | undefined {
    const { pathways } = this.#parts;
    const source = proposed.find((each) => each.version === version)?.source;
    return (
      pathways.find(`${pathway}@${version}`) ??
      (source === undefined ? undefined : readDraft(source, pathways.common, (key) => pathways.find(key)).pathway)
    );
  }

  #contextFor(id: string, command: PathwayCommand, { actor }: PublishingRequest): PathwayContext {
    const { clock, calendar, pathways } = this.#parts;
    const base = baseOf(command);
    return {
      now: clock.now(),
      zone: calendar.zone,
      actor,
      latest: base === undefined ? pathways.latest(id) : pathways.find(`${id}@${base}`),
      read: (source) => readDraft(source, pathways.common, (key) => pathways.find(key)),
      isTaken: (version) => pathways.find(`${id}@${version}`) !== undefined,
    };
  }

  async #record(
    pathway: string,
    { actor, purpose, traceId, idempotency }: PublishingRequest,
    { state, headHash }: LoadedHistory,
    events: readonly PathwayEvent[],
  ): Promise<Answer> {
    const { database, context, clock } = this.#parts;
    const id = pathwayStreamOf(pathway);
    const recordedAt = clock.now();
    const after = events.map((event) => ({ event, by: actor.id, recordedAt })).reduce(evolvePathway, state);
    const answer = { id, version: after.version, events: events.map(({ type }) => type), repeated: false };
    try {
      await database.unitOfWork.run(context, (tx) => {
        append(tx, { id, category: pathwayCategory }, state.version, events.map(toAppend), {
          commandId: commandIdOf(idempotency),
          recordedAt,
          headHash,
          meta: { actor: actor.id, purpose, traceId },
        });
        writePathway(tx, id, after);
        keepAnswer(tx, idempotency, answer);
      });
    } catch (error) {
      // Two people at once: whoever comes second looks at what the other did before asking again.
      if (error instanceof ConcurrencyConflict) throw new VersionConflict('race', error.present ?? 0);
      throw error;
    }
    return answer;
  }
}

/** The version that an overlay is laid over; undefined for a command about a version of the pathway itself. */
function baseOf({ type, data }: PathwayCommand): string | undefined {
  return type === 'ProposePathwayVersion' ? subjectOf(data.source)?.base : overlayVersion(data.version)?.base;
}

function eventsOf(outcome: Outcome<PathwayEvent>, version: number): PathwayEvent[] {
  if (!outcome.ok) throw new CommandRefused(outcome.refusal, version);
  return outcome.events;
}

const toAppend = ({ type, data, occurredAt, precision }: PathwayEvent): EventToAppend => ({
  type,
  schemaVersion,
  occurredAt,
  precision,
  data: JSON.stringify(data),
  sealed: null,
});
