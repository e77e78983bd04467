import type { Instant } from '#libs/calendar';
import type { CaseEventData } from '#libs/cases';
import type { DueRule } from '#libs/pathways';
import { dayOf, endOf, moved, workingDayAfter, workingDaysAfter } from './almanac.js';
import type { Books, Entry } from './books.js';
import { as, deadlineDefinition, unless, type About, type Rule } from './rule.js';

type Armed = CaseEventData['DeadlineArmed'];

/** When deadlines fall due, what moves them, and when they count as met. */
export const deadlineRules: readonly Rule[] = [
  {
    name: 'a deadline is due when one of its rules says',
    event: (entry, { deadlines }, about) => {
      const armed = as('DeadlineArmed', entry)?.event.data;
      if (armed === undefined) return [];
      const before = armed.replaces === undefined ? undefined : deadlines.get(armed.replaces);
      if (before?.ended?.as === 'extended' || before?.ended?.as === 'resumed') return [];
      const rules = deadlineDefinition(armed.definition, about)?.due ?? [];
      // What counts from a date of the case or of the child's life is due by that date, and not by the start.
      if (rules.some((rule) => 'at' in rule)) return [];
      const possible = rules.flatMap((rule) => dueTimes(rule, armed.startedAt));
      return unless(possible.includes(armed.dueAt), `${armed.deadline} is due ${armed.dueAt}, not ${possible.join()}`);
    },
  },
  {
    name: 'a pause moves the due time by its length, and never a clock that runs on',
    event: (entry, books, about) => [...pauseBegins(entry, books, about), ...pauseEnds(entry, books)],
    end: ({ deadlines }, { endsAt }) =>
      [...deadlines].flatMap(([key, { pause, ended }]) =>
        unless(pause === undefined || ended !== undefined || pause.until >= endsAt, `${key} never goes on`),
      ),
  },
  {
    name: 'an extension is given once, where it may be, and until when it says',
    event: (entry, { deadlines }, about) => {
      const extended = as('DeadlineExtended', entry)?.event.data;
      const armed = as('DeadlineArmed', entry)?.event.data;
      const before = deadlines.get(armed?.replaces ?? '');
      const isLonger = before?.ended?.as === 'extended';
      return [
        ...unless(
          extended === undefined || deadlineDefinition(extended.definition, about)?.extendable === true,
          `${extended?.deadline} may not be extended`,
        ),
        ...unless(!isLonger || armed?.dueAt === before.extendedUntil, `due ${armed?.dueAt}`),
      ];
    },
  },
  {
    name: 'a deadline is met by when it happened, not by when it was recorded',
    event: (entry, { deadlines }) => {
      const met = as('DeadlineMet', entry)?.event.data;
      if (met === undefined) return [];
      const dueAt = deadlines.get(met.deadline)?.armed.dueAt ?? '';
      const inTime = met.metAt <= dueAt;
      const recordedLate = inTime && entry.recordedAt > dueAt;
      return unless(
        met.inTime === inTime && met.recordedLate === recordedLate,
        `${met.deadline}, due ${dueAt}, met ${met.metAt}, in time ${met.inTime}, recorded late ${met.recordedLate}`,
      );
    },
    commit: (entries, { facts }) => {
      const moments = new Set([...entries.map(({ event }) => event.occurredAt), ...facts.values()]);
      return entries
        .flatMap((entry) => as('DeadlineMet', entry) ?? [])
        .filter(({ event }) => !moments.has(event.data.metAt))
        .map(({ event }) => `nothing happened at ${event.data.metAt} that meets ${event.data.deadline}`);
    },
  },
  {
    name: 'a deadline ends once, after it began',
    event: ({ event }, { deadlines }) => {
      if (event.type !== 'DeadlineMet' && event.type !== 'DeadlineCancelled') return [];
      const { deadline } = event.data;
      const kept = deadlines.get(deadline);
      return unless(kept !== undefined && kept.ended === undefined, `${deadline} is ${kept?.ended?.as ?? 'unknown'}`);
    },
  },
  {
    name: 'one thing is due once at a time',
    commit: (entries, { deadlines }) => {
      if (!entries.some(({ event }) => event.type === 'DeadlineArmed')) return [];
      const open = [...deadlines.values()].filter(({ ended }) => ended === undefined).map(({ armed }) => armed);
      const names = open.map((each) => `${each.definition} ${each.subject} ${each.startedAt} ${each.occurrence}`);
      return names.filter((name, index) => names.indexOf(name) !== index);
    },
  },
];

/** All times at which a rule may make something due that starts at a moment. */
function dueTimes(rule: DueRule, startedAt: Instant): Instant[] {
  if ('withinWorkingDays' in rule) return [endOf(workingDayAfter(dayOf(startedAt), rule.withinWorkingDays))];
  const spans = 'schedule' in rule ? rule.schedule : 'within' in rule ? [rule.within] : [];
  return spans.map((span) => {
    const due = moved(startedAt, span);
    const wholeDays = rule.clock === 'calendar' && rule.granularity === 'day' && !span.includes('T');
    return wholeDays ? endOf(dayOf(due)) : due;
  });
}

function pauseBegins(entry: Entry, { deadlines }: Books, about: About): string[] {
  const paused = as('DeadlinePaused', entry)?.event.data;
  if (paused === undefined) return [];
  const clock = deadlines.get(paused.deadline)?.armed.clock;
  const mayStand = deadlineDefinition(paused.definition, about)?.due.some((rule) => rule.clock === 'working') === true;
  return unless(clock === 'working' && mayStand, `${paused.deadline} runs by the ${clock} clock`);
}

function pauseEnds(entry: Entry, { deadlines }: Books): string[] {
  const armed = as('DeadlineArmed', entry)?.event.data;
  const before = deadlines.get(armed?.replaces ?? '');
  if (armed === undefined || before?.pause === undefined || before.ended?.as !== 'resumed') return [];
  return unless(
    armed.dueAt === dueAfter(before.armed, before.pause.from, entry),
    `${armed.deadline} is due ${armed.dueAt}`,
  );
}

/** As many working days later as the clock stood still. */
function dueAfter({ dueAt }: Armed, from: Instant, { event: { occurredAt } }: Entry): Instant {
  const lost = workingDaysAfter(dayOf(from), dayOf(occurredAt));
  const later = endOf(workingDayAfter(dayOf(dueAt), lost));
  return later > dueAt ? later : dueAt;
}
