import { alone, type CaseCommand, type CaseState, type DecideContext } from '#libs/cases';
import { registerInForce } from '#libs/pathway-files';
import { loadCircumstances, surroundingsOf, textsIn } from '#libs/read-models';
import type { CaseCommandsParts } from './parts.js';
import type { CaseRequest } from './request.js';
import { loadStaff, staffNamedIn } from './staff.js';
import { vocabularyOf } from './version-in-force.js';

/** All that a decision on a case depends on besides the case itself, fetched for this one command. */
export async function contextFor(
  parts: CaseCommandsParts,
  { caseId, command, actor }: CaseRequest,
  state: CaseState,
): Promise<DecideContext> {
  const { clock, pathways, calendar, database, context } = parts;
  const personId = state.status === 'known' ? state.personId : openingPerson(command);
  const facts = { ...(state.status === 'known' ? state.facts : {}), ...factsIn(command) };
  const { register } = registerInForce(pathways);
  const [around, child, staff] = await database.read(context, (queries) =>
    Promise.all([
      surroundingsOf(queries, personId, textsIn(facts), register),
      personId === undefined
        ? { birthDate: undefined, person: alone }
        : loadCircumstances(queries, parts, { personId, caseId }),
      loadStaff(queries, staffNamedIn(command)),
    ]),
  );
  return {
    ...around,
    ...child,
    now: clock.now(),
    actor,
    pathway: (key) => pathways.find(key),
    common: vocabularyOf(
      pathwayIn(command) ?? (state.status === 'known' ? state.enrolment?.pathway : undefined),
      pathways,
    ),
    calendar,
    staff: (id) => staff.get(id),
    sharing: parts.sharing.sharingFor,
  };
}

function openingPerson(command: CaseCommand): string | undefined {
  return command.type === 'OpenCase' ? command.data.personId : undefined;
}

/** The version that a case is to begin under. */
function pathwayIn(command: CaseCommand): string | undefined {
  return command.type === 'OpenCase' || command.type === 'EnrolCase' ? command.data.pathway : undefined;
}

/** Facts that the command tells: they may name a facility that the case has not named yet. */
function factsIn(command: CaseCommand): Record<string, unknown> {
  switch (command.type) {
    case 'OpenCase':
    case 'EnrolCase':
    case 'RecordFacts':
      return command.data.facts ?? {};
    default:
      return {};
  }
}
