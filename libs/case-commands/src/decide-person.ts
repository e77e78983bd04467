import type { Instant } from '#libs/calendar';
import { loadPerson, type LoadedPerson } from '#libs/case-log';
import {
  birthDateOf,
  decidePerson,
  evolvePerson,
  type CaseCommand,
  type PersonCommand,
  type PersonContext,
  type PersonEvent,
  type PersonState,
} from '#libs/cases';
import type { Queryable } from '#libs/database';
import { isHiddenFrom, loadChild, recordsBehind, survivorOf, type Child } from '#libs/read-models';
import { noteOnCase, type DecidedCase } from './decide-case.js';
import { CommandRefused } from './errors.js';
import type { CaseCommandsParts } from './parts.js';
import { assertVersion } from './recording.js';
import type { PersonRequest } from './request.js';

/** A person with what was decided, and what it means for the deadlines of the child's open cases. */
export interface DecidedPerson {
  loaded: LoadedPerson;
  events: PersonEvent[];
  after: PersonState;
  recordedAt: Instant;
  cases: DecidedCase[];
}

/** @throws CommandRefused, VersionConflict */
export async function decideOnPerson(
  parts: CaseCommandsParts,
  request: PersonRequest,
  loaded: LoadedPerson,
): Promise<DecidedPerson> {
  const { database, context, pathways, clock, calendar } = parts;
  const { personId, command, actor } = request;
  const [child, hidden, other] = await database.read(context, (queries) =>
    Promise.all([
      loadChild(queries, pathways, personId),
      isHiddenFrom(queries, personId, actor),
      otherPerson(parts, queries, command),
    ]),
  );
  // Whoever must not know of the child is not even told which version the record is at.
  if (!hidden) assertVersion(request.expectedVersion, loaded.state.version);
  const recordedAt = clock.now();
  const { common } = pathways;
  const personContext: PersonContext = {
    personId,
    now: recordedAt,
    zone: calendar.zone,
    actor,
    common,
    cases: child.cases,
    hidden,
    other,
  };
  const decided = decidePerson(command, loaded.state, personContext);
  if (!decided.ok) throw new CommandRefused(decided.refusal, loaded.state.version);
  const after = decided.events.reduce(
    (state, event) => evolvePerson(state, { event, by: actor.id, recordedAt }),
    loaded.state,
  );
  const cases = await notes(parts, request, child, { before: loaded.state, after, other, now: recordedAt });
  return { loaded, events: decided.events, after, recordedAt, cases };
}

function otherPerson(
  { sealer }: CaseCommandsParts,
  queries: Queryable,
  { type, data }: PersonCommand,
): Promise<PersonState | undefined> {
  if (type !== 'MergePerson') return Promise.resolve(undefined);
  return loadPerson(queries, sealer, data.into).then(({ state }) => state);
}

interface PersonChange {
  before: PersonState;
  after: PersonState;
  /** Whom the record is merged into, if the command does that. */
  other: PersonState | undefined;
  now: Instant;
}

/** Clocks that depend on age are worked out again wherever the birth date that holds has become another. */
async function notes(
  parts: CaseCommandsParts,
  { personId, command, actor }: PersonRequest,
  child: Child,
  change: PersonChange,
): Promise<DecidedCase[]> {
  const held = await birthDateHeld(parts, child, personId, change.before);
  const birthDate = willHold(change, held);
  if (birthDate === held) return [];
  const { occurredAt, precision } = command;
  const note: CaseCommand<'NotePersonDetails'> = {
    type: 'NotePersonDetails',
    data: { changed: ['birthDate'] },
    occurredAt,
    precision,
  };
  const records = recordsBehind(child, personId);
  const concerned = child.cases.filter((each) => !each.ended && records.has(each.personId));
  return Promise.all(
    concerned.map(({ caseId }) => noteOnCase(parts, { caseId, actor }, note, { now: change.now, birthDate })),
  );
}

/** A record that was merged speaks for nobody: what holds is the birth date of the one it was merged into. */
async function birthDateHeld(
  { database, context, sealer }: CaseCommandsParts,
  child: Child,
  personId: string,
  state: PersonState,
): Promise<string | undefined> {
  if (state.merged === undefined) return birthDateOf(state.identity);
  const survivor = await database.read(context, (queries) => loadPerson(queries, sealer, survivorOf(child, personId)));
  return birthDateOf(survivor.state.identity);
}

function willHold({ before, after, other }: PersonChange, held: string | undefined): string | undefined {
  if (after.merged === undefined) return birthDateOf(after.identity);
  return before.merged === undefined && other !== undefined ? birthDateOf(other.identity) : held;
}
