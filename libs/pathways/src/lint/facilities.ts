import { conditionsIn, type Condition, type ConditionKey } from '../condition.js';
import type { DeadlineDefinition, FacilityLife, PathwayDefinition, ResidenceDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';
import { conditionReferences } from './condition-references.js';
import { each, factValue, one, optional, type Reference } from './reference.js';

/** Every place where the register, and what a case says of the facility, name something by code. */
export function facilityReferences({ facilities, residence }: PathwayDefinition): Reference[] {
  return [
    ...(facilities === undefined ? [] : lifeReferences(facilities, '/facilities')),
    ...(residence === undefined ? [] : residenceReferences(residence, '/residence')),
  ];
}

function lifeReferences(life: FacilityLife, path: string): Reference[] {
  const { transitions, registered, found, inspection, roles } = life;
  return [
    ...transitions.flatMap((step, index) => each('facility-state', step, `${path}/transitions/${index}`)),
    ...each('facility-state', registered, `${path}/registered`),
    one('facility-state', found, `${path}/found`),
    one('facility-state', inspection.due, `${path}/inspection/due`),
    ...Object.entries(inspection.results).flatMap(([code, { leadsTo, from }]) => [
      ...optional('facility-state', leadsTo, `${path}/inspection/results/${code}/leadsTo`),
      ...each('facility-state', from, `${path}/inspection/results/${code}/from`),
    ]),
    ...Object.entries(roles).flatMap(([act, codes]) => each('role', codes, `${path}/roles/${act}`)),
  ];
}

function residenceReferences({ facility, since, until, when, found, undecided }: ResidenceDefinition, path: string) {
  return [
    one('fact', facility, `${path}/facility`),
    one('fact-time', since, `${path}/since`),
    ...optional('fact-time', until, `${path}/until`),
    ...conditionReferences(when, `${path}/when`),
    ...Object.entries(found).flatMap(([name, value]) => [
      one('fact', name, `${path}/found/${name}`),
      ...factValue(name, value, `${path}/found/${name}`),
    ]),
    ...each('state', undecided, `${path}/undecided`),
  ];
}

/** Every state of a facility can be reached and has an end ahead; nothing leads on from an end. */
export function lintFacilities({ facilities, deadlines }: PathwayDefinition): Finding[] {
  if (facilities === undefined) return homeless(deadlines);
  const { states, transitions, registered, found } = facilities;
  const ends = Object.keys(states).filter((code) => states[code]?.ended === true);
  const reached = closure([...registered, found], transitions);
  const ending = closure(
    ends,
    transitions.map(([from, to]) => [to, from]),
  );
  return Object.keys(states).flatMap((code) => {
    const at = `/facilities/states/${code}`;
    return [
      ...(reached.has(code) ? [] : [error('facility-unreachable', at, `No way leads to ${code}`)]),
      ...(ending.has(code) ? [] : [error('facility-end-missing', at, `No way leads from ${code} to an end`)]),
      ...(ends.includes(code) && transitions.some(([from]) => from === code)
        ? [error('facility-end-left', at, `${code} is an end, yet a transition leaves it`)]
        : []),
    ];
  });
}

/** Without a register nobody carries them. */
function homeless(deadlines: Record<string, DeadlineDefinition>): Finding[] {
  return Object.entries(deadlines)
    .filter(([, { subject }]) => subject === 'facility')
    .map(([id]) => error('facility-register-missing', `/deadlines/${id}/subject`, 'This pathway keeps no facilities'));
}

function closure(start: readonly string[], steps: readonly (readonly [from: string, to: string])[]): Set<string> {
  const seen = new Set(start);
  for (const state of seen) for (const [from, to] of steps) if (from === state) seen.add(to);
  return seen;
}

/** What can be asked of a facility: its kind, and its own deadlines. */
const ofFacilities: readonly ConditionKey[] = [
  'all',
  'any',
  'not',
  'facilityType',
  'noDeadlineOpen',
  'noDeadlineOverdue',
  'deadlinePassed',
  'deadlineArmed',
];

/** A facility knows nothing of risk or transitions, and a case is no kind of facility: each deadline keeps to its own. */
export function lintDeadlineSubjects(deadlines: Record<string, DeadlineDefinition>): Finding[] {
  return Object.entries(deadlines).flatMap(([id, deadline]) => [
    ...strangeTriggers(id, deadline),
    ...strangeConditions(id, deadline),
  ]);
}

function strangeTriggers(id: string, deadline: DeadlineDefinition): Finding[] {
  const ofFacility = deadline.subject === 'facility';
  const moments = ['start', 'stop', 'renew', 'cancel'] as const;
  return moments.flatMap((moment) =>
    (deadline[moment] ?? []).flatMap(({ facility, from }, index) => {
      const strange = ofFacility ? facility === undefined || from !== undefined : facility !== undefined;
      const whose = ofFacility ? 'a facility' : 'a case';
      return strange
        ? [error('facility-trigger', `/deadlines/${id}/${moment}/${index}`, `Nothing that happens to ${whose}`)]
        : [];
    }),
  );
}

function strangeConditions(id: string, deadline: DeadlineDefinition): Finding[] {
  const asked = conditionsOf(deadline).flatMap(conditionsIn);
  const strange = asked.filter((key) =>
    deadline.subject === 'facility' ? !ofFacilities.includes(key) : key === 'facilityType',
  );
  return [...new Set(strange)].map((key) =>
    error('facility-condition', `/deadlines/${id}`, `${key} cannot be asked of a ${deadline.subject}`),
  );
}

function conditionsOf({ start, stop, renew = [], cancel = [], due }: DeadlineDefinition): Condition[] {
  return [...start, ...stop, ...renew, ...cancel, ...due].flatMap(({ when }) => (when === undefined ? [] : [when]));
}
