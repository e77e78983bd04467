import type { DeadlineDefinition, DueRule, Trigger } from '../definition.js';
import { inWords } from './condition-words.js';
import { table } from './table.js';

/** Every deadline with its limits, the source of its numbers, and whether anybody has confirmed them. */
export function deadlineTable(deadlines: Record<string, DeadlineDefinition>): string {
  return table(
    ['Id', 'Deadline', 'Starts', 'Renewed by', 'Stops', 'Lapses', 'Due', 'Ladder', 'Basis', 'Confirmed'],
    Object.entries(deadlines).map(([id, deadline]) => [
      id,
      deadline.title.en,
      triggers(deadline.start),
      triggers(deadline.renew ?? []),
      triggers(deadline.stop),
      triggers(deadline.cancel ?? []),
      deadline.due.map(dueInWords).join('; '),
      deadline.ladder,
      `${deadline.tag}: ${deadline.basis}`,
      deadline.confirmed ? 'yes' : '**unconfirmed**',
    ]),
  );
}

function dueInWords(rule: DueRule): string {
  const limit = limitInWords(rule);
  return rule.when === undefined ? limit : `${inWords(rule.when)}: ${limit}`;
}

function limitInWords(rule: DueRule): string {
  if ('never' in rule) {
    return 'no duty';
  }
  if ('withinWorkingDays' in rule) {
    return `${rule.withinWorkingDays} working days`;
  }
  if ('schedule' in rule) {
    return `${rule.schedule.join(', ')} (${rule.clock})`;
  }
  return `${rule.within}${'at' in rule ? ` from ${rule.at}` : ''} (${rule.clock})`;
}

const triggers = (list: readonly Trigger[]): string => list.map(triggerInWords).join('; ');

function triggerInWords({ from, when, ...moment }: Trigger): string {
  return [
    momentInWords(moment),
    ...(from === undefined ? [] : [`counted from ${from}`]),
    ...(when === undefined ? [] : [`when ${inWords(when)}`]),
  ].join(', ');
}

function momentInWords({ track, fact, facility, opened, birthday, ...lists }: Trigger): string {
  if (track) {
    return `${track.id} ${moveInWords(track)}`;
  }
  if (fact) {
    return `fact ${fact.name}${fact.is === undefined ? '' : ` is ${String(fact.is)}`}`;
  }
  if (facility) {
    return `facility: ${facilityInWords(facility)}`;
  }
  if (birthday !== undefined) {
    return `birthday ${birthday}`;
  }
  return opened === true ? 'opened' : namedMoment(lists);
}

const namedMoment = (lists: Pick<Trigger, 'entered' | 'transition' | 'document' | 'referral' | 'note'>): string =>
  Object.entries(lists)
    .map(([name, codes]) => `${name} ${Array.isArray(codes) ? codes.join('/') : codes}`)
    .join(' ');

function facilityInWords(facility: NonNullable<Trigger['facility']>): string {
  if (facility.inspected === true) {
    return 'inspected';
  }
  if (facility.everyChildDecided === true) {
    return 'every child decided on';
  }
  return facility.childUndecided === true ? 'a child waits for a decision' : moveInWords(facility);
}

function moveInWords({ enters, leaves }: { enters?: string[]; leaves?: string[] }): string {
  return enters === undefined ? `leaves ${leaves?.join('/') ?? ''}` : `enters ${enters.join('/')}`;
}
