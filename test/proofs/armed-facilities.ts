import { cambodia } from '#libs/calendar';
import { facilityIdOf } from '#libs/case-log';
import {
  decideFacility,
  evolveFacility,
  noFacility,
  registerOf,
  type Actor,
  type DeadlineStatus,
  type FacilityCommand,
  type FacilityCommandData,
  type FacilityCommandType,
  type FacilityState,
  type KnownFacility,
} from '#libs/cases';
import type { DeadlineDefinition } from '#libs/pathways';
import { BEGINNING, pathways } from './rehearsing.js';

/** Keeps the register of a province. */
export const registrar: Actor = { id: 'sup-17', roles: ['PDOSVY_SUP', 'OSVY_SW'], agency: 'pdosvy-17' };

const register = pathways
  .all()
  .map(({ definition }) => registerOf(definition))
  .find((each) => each !== undefined)!;

/** A facility in which a deadline has just been armed, and what was told of it until then. */
export interface ArmedFacility {
  code: string;
  commands: FacilityCommand[];
  definition: DeadlineDefinition;
  deadline: DeadlineStatus;
}

const told = <T extends FacilityCommandType>(type: T, data: FacilityCommandData[T]): FacilityCommand =>
  ({ type, data, occurredAt: BEGINNING, precision: 'moment' }) as unknown as FacilityCommand;

const place = { province: '17', district: '1701', agency: registrar.agency, owner: registrar.id, synthetic: true };

const registered = (code: string) =>
  told('RegisterFacility', { code, type: 'RCI', state: 'AUTHORISED', capacity: 20, ...place });

/** What starts each deadline of a facility. */
const stories: Record<string, (code: string) => FacilityCommand[]> = {
  DC18: (code) => [registered(code)],
  DC19: (code) => [told('ReportUnregisteredFacility', { code, type: 'GROUP_HOME', children: 12, ...place })],
  DC20: (code) => [
    registered(code),
    told('RecordInspection', {
      inspectionId: facilityIdOf(`inspection of ${code}`),
      inspector: registrar.id,
      result: 'IMPROVEMENT_NOTICE',
      findings: ['OTHER'],
      text: 'Synthetic findings',
    }),
  ],
  DC21: (code) => [
    registered(code),
    told('MoveFacility', { to: 'CLOSING', reasonCode: 'ORDERED', closesOn: '2025-09-01' }),
  ],
};

/** Every deadline that runs on a facility, armed in a facility of its own. */
export function armEveryFacility(): Map<string, ArmedFacility> {
  return new Map(register.deadlines.map(([id, definition]) => [id, armOne(id, definition)]));
}

function armOne(id: string, definition: DeadlineDefinition): ArmedFacility {
  const code = `proof-${id.toLowerCase()}`;
  const commands = stories[id]?.(code) ?? [];
  const { deadlines } = commands.reduce<FacilityState>(after, noFacility) as KnownFacility;
  const deadline = Object.values(deadlines).find((each) => each.definition === id && each.status === 'armed');
  if (deadline === undefined) throw new Error(`nothing started ${id}`);
  return { code, commands, definition, deadline };
}

/** @throws Error when the register refuses it */
function after(state: FacilityState, command: FacilityCommand): FacilityState {
  const surroundings = { now: BEGINNING, actor: registrar, calendar: cambodia, common: pathways.common };
  const outcome = decideFacility(command, state, { ...surroundings, register, residents: 0 });
  if (!outcome.ok) throw new Error(outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).join());
  return outcome.events
    .map((event) => ({ event, by: registrar.id, recordedAt: BEGINNING }))
    .reduce<FacilityState>(evolveFacility, state);
}
