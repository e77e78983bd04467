import type { Instant } from '#libs/calendar';
import { facilityIdOf } from '#libs/case-log';
import type { Actor, CaseCommand } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { somebody, type Rehearsal } from '#libs/demonstration';
import { pathwayKey } from '#libs/pathways';
import { armEveryDeadline, type ArmedDeadline } from './armed-deadlines.js';
import { armEveryFacility, registrar, type ArmedFacility } from './armed-facilities.js';
import { rungsToReach, type Reached } from './ladders.js';
import { BEGINNING, pathways, shipped } from './rehearsing.js';

/** Something that is done in the real program at its moment. */
export interface Deed {
  at: Instant;
  run: (spean: Spean) => Promise<unknown>;
}

/** A deadline that is watched in the real program, in a case or facility of its own, and when its rungs are to be reached. */
export interface Watched {
  name: string;
  streamId: string;
  deadline: string;
  deeds: Deed[];
  rungs: Reached[];
}

/** One for every deadline of every pathway, of every case and of every facility. */
export function watchEveryDeadline(): Watched[] {
  return [
    ...shipped.flatMap(([id, pathway]) =>
      [...armEveryDeadline(pathway)].map(([definition, [first]]) => inCase(`${id} ${definition}`, first!)),
    ),
    ...[...armEveryFacility()].map(([id, armed]) => inFacility(id, armed)),
  ];
}

const envelope = { purpose: 'case_management', traceId: '0'.repeat(32) };

function inCase(name: string, { definition, deadline, rehearsal }: ArmedDeadline): Watched {
  const ids = rehearsal.copy(`ids of ${name}`).random;
  const [caseId, personId] = [ids.id(), ids.id()];
  const commands = rehearsal.requests.map(({ at, actor, command }): Deed => ({
    at,
    run: ({ commands }) => commands.execute({ ...envelope, caseId, actor, command: ofOwn(command, caseId, personId) }),
  }));
  return {
    name,
    streamId: caseId,
    deadline: deadline.deadline,
    deeds: [{ at: rehearsal.requests[0]!.at, run: (spean) => register(spean, personId, rehearsal) }, ...commands],
    rungs: rungsToReach(deadline, pathways.common.ladders[deadline.ladder]!, definition),
  };
}

/** Several cases were played of the same child; here each has a child and a code of its own. */
function ofOwn(command: CaseCommand, caseId: string, personId: string): CaseCommand {
  if (command.type !== 'OpenCase') return command;
  return { ...command, data: { ...command.data, personId, code: `K-${caseId.slice(0, 8).toUpperCase()}` } };
}

function register({ commands }: Spean, personId: string, { child, requests, team }: Rehearsal): Promise<unknown> {
  const occurredAt = requests[0]!.at;
  const data = child.details;
  const command = { type: 'RegisterPerson' as const, data, occurredAt, precision: 'moment' as const };
  return commands.executePerson({ ...envelope, personId, actor: somebody(['HELPLINE'], team), command });
}

function inFacility(name: string, { code, commands, definition, deadline }: ArmedFacility): Watched {
  const facilityId = facilityIdOf(code);
  const [entry, ...others] = commands.map((command): Deed => ({
    at: BEGINNING,
    run: (spean) => spean.commands.executeFacility({ ...envelope, facilityId, actor: registrar, command }),
  }));
  return {
    name,
    streamId: facilityId,
    deadline: deadline.deadline,
    // Where nobody waits for a decision, nothing is due before the closing day.
    deeds: [entry!, { at: BEGINNING, run: (spean) => findResident(spean, code) }, ...others],
    rungs: rungsToReach(deadline, pathways.common.ladders[deadline.ladder]!, definition),
  };
}

const fieldWorker: Actor = { id: 'osvy-1701-a', roles: ['OSVY_SW'], agency: 'osvy-1701' };

/** A child found living in a facility, whose case waits for the panel. */
async function findResident({ commands }: Spean, facility: string): Promise<void> {
  const personId = facilityIdOf(`child in ${facility}`);
  const actor = fieldWorker;
  const when = { occurredAt: BEGINNING, precision: 'moment' as const };
  const facts = { sex: 'female' as const, ageBand: '12-14' as const, province: '17', synthetic: true };
  const details = { facts, identity: { givenNameKm: 'គំរូ' }, location: {} };
  const found = { facilityId: facility, admission: 'EXISTING' };
  const opening = { personId, agency: actor.agency, owner: actor.id, synthetic: true, facts: found };
  const code = `K-${personId.slice(0, 8).toUpperCase()}`;
  const pathway = pathwayKey(pathways.current('C_REINTEGRATION').definition);
  await commands.executePerson({
    ...envelope,
    personId,
    actor,
    command: { type: 'RegisterPerson', data: details, ...when },
  });
  const caseId = facilityIdOf(`case in ${facility}`);
  const command: CaseCommand = { type: 'OpenCase', data: { ...opening, code, pathway }, ...when };
  await commands.execute({ ...envelope, caseId, actor, command });
}
