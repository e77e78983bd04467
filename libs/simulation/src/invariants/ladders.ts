import type { Instant } from '#libs/calendar';
import type { RungDefinition } from '#libs/pathways';
import { instantOf, moved, nextMorning, timeOf } from './almanac.js';
import type { Books, KeptDeadline } from './books.js';
import { as, deadlineDefinition, unless, type About, type Rule } from './rule.js';

/** Ladders: each rung once, in its time, and none after the deadline has ended. */
export const ladderRules: readonly Rule[] = [
  {
    name: 'a ladder has all its rungs, each at its time',
    event: (entry, _, { common }) => {
      const data = as('DeadlineArmed', entry)?.event.data;
      if (data === undefined) return [];
      const expected = (common.ladders[data.ladder]?.rungs ?? []).flatMap((rung, index) => {
        const at = rungTime(rung, data);
        return isReminder(rung) && (at <= data.startedAt || at < entry.recordedAt) ? [] : [`${index} at ${at}`];
      });
      const found = data.rungs.map(({ rung, at }) => `${rung} at ${at}`);
      return unless(expected.join() === found.join(), `rungs ${found.join()}, expected ${expected.join()}`);
    },
  },
  {
    name: 'a rung is reached once, in its time, while its deadline runs',
    event: (entry, { deadlines }) => {
      const reached = as('RungReached', entry);
      if (reached === undefined) return [];
      const { deadline, rung } = reached.event.data;
      const kept = deadlines.get(deadline);
      if (kept === undefined) return [`${deadline} was never armed`];
      const at = kept.armed.rungs.find((each) => each.rung === rung)?.at;
      return [
        ...unless(at !== undefined, `${deadline} has no rung ${rung}`),
        ...unless(at === undefined || at <= entry.recordedAt, `rung ${rung} of ${deadline} is for ${at}`),
        ...unless(at === reached.event.occurredAt, `rung ${rung} of ${deadline} is for ${at}`),
        ...unless(!kept.reached.has(rung), `rung ${rung} of ${deadline} was reached before`),
        ...unless(kept.ended === undefined, `${deadline} was ${kept.ended?.as} before`),
        ...unless(kept.pause === undefined, `${deadline} is paused`),
      ];
    },
  },
  {
    name: 'whoever a rung names is told, once',
    commit: (entries) => {
      const names = (type: 'RungReached' | 'EscalationRaised') =>
        entries
          .flatMap((entry) => as(type, entry)?.event.data ?? [])
          .map(({ deadline, rung }) => `${deadline}/${rung}`);
      const reached = names('RungReached').join();
      const told = names('EscalationRaised').join();
      return unless(reached === told, `reached ${reached || 'none'}, told ${told || 'nobody'}`);
    },
  },
  {
    name: 'no rung is missed',
    commit: (entries, books, about) =>
      entries
        .flatMap(({ event }) => (endsDeadline(event.type) && 'deadline' in event.data ? [event.data.deadline] : []))
        .flatMap((deadline) => missedRungs(deadline, books, about)),
    end: (books, about) => [...books.deadlines.keys()].flatMap((deadline) => missedRungs(deadline, books, about)),
  },
];

const endsDeadline = (type: string): boolean => type === 'DeadlineMet' || type === 'DeadlineCancelled';

const isReminder = ({ at }: RungDefinition): boolean => at.endsWith('%') || at.startsWith('-');

function rungTime({ at }: RungDefinition, { startedAt, dueAt, clock }: KeptDeadline['armed']): Instant {
  if (at.endsWith('%')) {
    const span = timeOf(dueAt) - timeOf(startedAt);
    return instantOf(timeOf(startedAt) + Math.round((span * Number(at.slice(0, -1))) / 100));
  }
  if (at.startsWith('-')) return moved(dueAt, at);
  return moved(clock === 'calendar' ? nextMorning(dueAt) : dueAt, at);
}

/** Rungs whose time came while the deadline ran, and that were not reached. */
function missedRungs(deadline: string, { deadlines }: Books, about: About): string[] {
  const kept = deadlines.get(deadline);
  if (kept === undefined) return [];
  const { armed, armedAt, reached, pause, ended } = kept;
  const until = pause?.from ?? ended?.at ?? about.endsAt;
  const lapses = deadlineDefinition(armed.definition, about)?.onDue === 'lapse';
  return armed.rungs
    .filter(({ rung, at }) => !reached.has(rung) && at < until && armedAt < until && !(lapses && at >= armed.dueAt))
    .map(({ rung, at }) => `rung ${rung} of ${deadline} was due at ${at}`);
}
