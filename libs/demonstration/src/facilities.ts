import { plus, type Instant } from '#libs/calendar';
import type { CaseCommands } from '#libs/case-commands';
import { facilityIdOf } from '#libs/case-log';
import type { FacilityCommand, FacilityCommandData, FacilityCommandType, FacilitySnapshot } from '#libs/cases';
import { staffMember } from './directory.js';
import { asActor } from './driver/team.js';
import { words } from './words.js';

/** Where children of the demonstration live, and where some are held. */
export const residentialCare = 'rcf-jasmine';
export const youthCentre = 'prison-08';

/** What a rehearsal may know of the register: this one takes new children all the time. */
export const openFacilities: Readonly<Record<string, FacilitySnapshot>> = {
  [residentialCare]: { state: 'COMPLIANT', admits: true, accused: false },
};

interface Step {
  code: string;
  /** Days before now. */
  daysAgo: number;
  by: string;
  command: Pick<FacilityCommand, 'type' | 'data'>;
}

type Where = Pick<FacilityCommandData['RegisterFacility'], 'type' | 'province' | 'district' | 'agency'>;

function step<T extends FacilityCommandType>(
  code: string,
  daysAgo: number,
  by: string,
  type: T,
  data: FacilityCommandData[T],
): Step {
  return { code, daysAgo, by, command: { type, data } };
}

const registered = (code: string, daysAgo: number, capacity: number, where: Where): Step =>
  step(code, daysAgo, 'mosvy-officer', 'RegisterFacility', {
    code,
    ...where,
    capacity,
    state: 'AUTHORISED',
    synthetic: true,
  });

const inspected = (code: string, daysAgo: number, result: string, findings: string[]): Step =>
  step(code, daysAgo, 'mosvy-officer', 'RecordInspection', {
    inspectionId: facilityIdOf(`inspection ${code} ${daysAgo}`),
    inspector: 'mosvy-officer',
    result,
    findings,
    text: words.reason,
  });

const inSiemReap = { province: '17', district: '1701', agency: 'pdosvy-17' };

/** One that is in order, one under notice, one whose inspection is overdue, one that nobody registered, and a prison. */
const steps: readonly Step[] = [
  registered(residentialCare, 1200, 40, { type: 'RCI', ...inSiemReap }),
  inspected(residentialCare, 900, 'COMPLIANT', ['NONE']),
  inspected(residentialCare, 560, 'COMPLIANT', ['NONE']),
  inspected(residentialCare, 210, 'COMPLIANT', ['NONE']),
  registered(youthCentre, 1100, 12, { type: 'YRC', province: '08', district: '0801', agency: 'pdosvy-08' }),
  registered('rcf-tamarind', 300, 25, { type: 'GROUP_HOME', ...inSiemReap }),
  inspected('rcf-tamarind', 40, 'IMPROVEMENT_NOTICE', ['STAFF_TOO_FEW', 'NO_CHILD_FILES']),
  registered('rcf-banyan', 380, 60, { type: 'PAGODA', province: '12', district: '1201', agency: 'pdosvy-12' }),
  step('rcf-found-1', 4, 'bridge-worker', 'ReportUnregisteredFacility', {
    code: 'rcf-found-1',
    type: 'GROUP_HOME',
    children: 35,
    synthetic: true,
    text: words.reason,
    ...inSiemReap,
  }),
];

/** Enters the facilities of the demonstration in the register, each at its moment in the past. */
export async function enterFacilities(
  commandsAt: (moment: Instant) => Pick<CaseCommands, 'executeFacility'>,
  now: Instant,
): Promise<void> {
  for (const { code, daysAgo, by, command } of steps) {
    const occurredAt = plus(now, `-P${daysAgo}D`, 'UTC');
    await commandsAt(occurredAt).executeFacility({
      facilityId: facilityIdOf(code),
      actor: asActor(staffMember(by)),
      purpose: 'facility_register',
      traceId: facilityIdOf(`trace ${code} ${daysAgo}`).replaceAll('-', ''),
      command: { ...command, occurredAt, precision: 'moment' } as FacilityCommand,
    });
  }
}
