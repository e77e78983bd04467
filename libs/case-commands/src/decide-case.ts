import type { Instant } from '#libs/calendar';
import { loadCase, type LoadedCase } from '#libs/case-log';
import {
  alone,
  decide,
  evolve,
  type CaseCommand,
  type CaseEvent,
  type CaseState,
  type DecideContext,
} from '#libs/cases';
import type { Transaction } from '#libs/database';
import { loadCircumstances, writeCase } from '#libs/read-models';
import { appendEvents } from './append-events.js';
import { CommandRefused } from './errors.js';
import type { CaseCommandsParts, Changed } from './parts.js';
import type { CaseRequest, Envelope } from './request.js';
import { loadStaff, staffNamedIn } from './staff.js';

/** A case with what was decided on it. */
export interface DecidedCase extends Changed {
  loaded: LoadedCase;
  recordedAt: Instant;
}

/** @throws CommandRefused */
export async function decideCase(
  parts: CaseCommandsParts,
  { caseId, command, actor }: CaseRequest,
  loaded: LoadedCase,
): Promise<DecidedCase> {
  const context = await contextFor(parts, { caseId, command, actor }, loaded.state);
  const decided = decide(command, loaded.state, context);
  if (!decided.ok) throw new CommandRefused(decided.refusal, loaded.state.version);
  return follow(caseId, loaded, decided.events, { by: actor.id, recordedAt: context.now });
}

/** What every open case of a child has to make of a change of the child's own record. */
export async function noteOnCase(
  parts: CaseCommandsParts,
  { caseId, actor }: Pick<CaseRequest, 'caseId' | 'actor'>,
  command: CaseCommand<'NotePersonDetails'>,
  { now, birthDate }: { now: Instant; birthDate: string | undefined },
): Promise<DecidedCase> {
  const { database, context: databaseContext, pathways, calendar } = parts;
  const loaded = await database.read(databaseContext, (queries) => loadCase(queries, caseId));
  const { common } = pathways;
  const pathway = (key: string) => pathways.find(key);
  const context = { now, actor, pathway, common, calendar, birthDate, person: alone, staff: () => undefined };
  const decided = decide(command, loaded.state, context);
  const events = decided.ok ? decided.events : [];
  return follow(caseId, loaded, events, { by: actor.id, recordedAt: now });
}

/** Appends what was decided and brings the read models along, all in one transaction. */
export async function writeDecided(
  tx: Transaction,
  { pathways, sealer }: CaseCommandsParts,
  envelope: Envelope,
  { caseId, loaded, events, state, recordedAt }: DecidedCase,
): Promise<void> {
  if (events.length === 0 || state.status === 'none') return;
  const { personId } = state;
  await appendEvents(tx, sealer, envelope, { id: caseId, category: 'case', personId, loaded, events, recordedAt });
  const pathway = (key: string) => pathways.get(key);
  writeCase(tx, { id: caseId, before: loaded.state, after: state, events, pathway });
}

function follow(
  caseId: string,
  loaded: LoadedCase,
  events: CaseEvent[],
  stamp: { by: string; recordedAt: Instant },
): DecidedCase {
  const state = events.reduce<CaseState>((before, event) => evolve(before, { event, ...stamp }), loaded.state);
  return { caseId, loaded, events, state, recordedAt: stamp.recordedAt };
}

async function contextFor(
  { clock, pathways, sealer, calendar, database, context }: CaseCommandsParts,
  { caseId, command, actor }: Pick<CaseRequest, 'caseId' | 'command' | 'actor'>,
  state: CaseState,
): Promise<DecideContext> {
  const personId = state.status === 'known' ? state.personId : openingPerson(command);
  const [staff, circumstances] = await database.read(context, (queries) =>
    Promise.all([
      loadStaff(queries, staffNamedIn(command)),
      personId === undefined
        ? { birthDate: undefined, person: alone }
        : loadCircumstances(queries, { pathways, sealer }, { personId, caseId }),
    ]),
  );
  return {
    now: clock.now(),
    actor,
    pathway: (key) => pathways.find(key),
    common: pathways.common,
    calendar,
    ...circumstances,
    staff: (id) => staff.get(id),
  };
}

function openingPerson(command: CaseCommand): string | undefined {
  return command.type === 'OpenCase' ? command.data.personId : undefined;
}
