import { plus, type Instant } from '#libs/calendar';
import type { ConditionBody } from '#libs/pathways';
import type { View } from '../context.js';
import type { DeadlineBook, DeadlineStatus } from '../state.js';
import { momentOfFact } from './fact-moment.js';
import type { Evaluators } from './evaluators.js';

/** Conditions on deadlines, which can be asked of whoever carries them. */
export const deadlineConditions: {
  [Key in 'noDeadlineOpen' | 'noDeadlineOverdue' | 'deadlinePassed' | 'deadlineArmed']: (
    body: ConditionBody<Key>,
    view: { state: DeadlineBook; at: Instant },
  ) => boolean;
} = {
  noDeadlineOpen: ({ ids = [], ladders = [] }, { state }) =>
    !deadlines(state.deadlines).some(
      (deadline) =>
        deadline.status === 'armed' && (ids.includes(deadline.definition) || ladders.includes(deadline.ladder)),
    ),
  noDeadlineOverdue: ({ ids }, { state, at }) =>
    !deadlines(state.deadlines).some((deadline) => ids.includes(deadline.definition) && isOverdue(deadline, at)),
  deadlinePassed: ({ ids }, { state, at }) =>
    deadlines(state.deadlines).some(
      (deadline) =>
        ids.includes(deadline.definition) &&
        (deadline.status === 'met' ? deadline.inTime === false : isOverdue(deadline, at)),
    ),
  deadlineArmed: ({ ids }, { state }) => ids.some((id) => (state.armings[id] ?? 0) > 0),
};

/** Conditions on time: what has run out, what has lasted long enough. */
export const clockConditions: Evaluators<keyof typeof deadlineConditions | 'elapsed' | 'factWithin'> = {
  ...deadlineConditions,
  elapsed: ({ since, atLeast, lessThan }, view) => {
    const start = startOf(since, view);
    if (start === undefined) return false;
    const { zone } = view.context.calendar;
    if (atLeast !== undefined && plus(start, atLeast, zone) > view.at) return false;
    return lessThan === undefined || plus(start, lessThan, zone) > view.at;
  },
  factWithin: ({ name, ahead }, { state, context, at }) => {
    const { zone } = context.calendar;
    const moment = momentOfFact(state.facts[name], zone)?.earliest;
    return moment !== undefined && moment <= plus(at, ahead, zone);
  },
};

/** What stands still is not overdue. */
function isOverdue({ status, dueAt, paused }: DeadlineStatus, at: string): boolean {
  return status === 'armed' && paused === undefined && dueAt <= at;
}

function deadlines(all: Record<string, DeadlineStatus>): DeadlineStatus[] {
  return Object.values(all);
}

function startOf(since: 'entry' | string[], { state }: View): string | undefined {
  if (since === 'entry') return state.enrolment?.entry.at;
  return state.enrolment?.taken.filter(({ transition }) => since.includes(transition)).at(-1)?.at;
}
