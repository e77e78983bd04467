import type { Instant } from '#libs/calendar';
import type { DeadlineEvent } from '../events.js';
import type { AwaitedDeadline, DeadlineBook, DeadlineStatus } from '../state.js';

/** @param version that of the book with the event */
export function applyDeadlineEvent<Book extends DeadlineBook>(
  state: Book,
  event: DeadlineEvent,
  version: number,
  recordedAt: Instant,
): Book {
  switch (event.type) {
    case 'DeadlineArmed': {
      const { reachedBefore, ...armed } = event.data;
      const replaced = armed.replaces === undefined ? undefined : state.deadlines[armed.replaces];
      const status: DeadlineStatus = {
        ...armed,
        status: 'armed',
        reached: reachedBefore,
        armedAt: recordedAt,
        armedVersion: version,
        metAt: undefined,
        inTime: undefined,
        recordedLate: undefined,
        paused: undefined,
        extended: replaced?.extended === true,
        resumed: replaced?.resumed === true,
      };
      return {
        ...put(state, status),
        awaited: without(state.awaited, armed),
        armings: { ...state.armings, [armed.definition]: (state.armings[armed.definition] ?? 0) + 1 },
      };
    }
    case 'DeadlineMet':
      return change(state, event.data.deadline, {
        status: 'met',
        metAt: event.data.metAt,
        inTime: event.data.inTime,
        recordedLate: event.data.recordedLate,
      });
    case 'DeadlineCancelled':
      return change(state, event.data.deadline, {
        status: 'cancelled',
        ...(event.data.because === 'resumed' ? { resumed: true } : {}),
      });
    case 'DeadlinePaused':
      return change(state, event.data.deadline, { paused: { at: event.occurredAt, until: event.data.until } });
    case 'DeadlineExtended':
      return change(state, event.data.deadline, { extended: true });
    case 'RungReached':
      return change(state, event.data.deadline, {
        reached: [...(state.deadlines[event.data.deadline]?.reached ?? []), event.data.rung],
      });
    case 'DeadlineAwaited':
      return { ...state, awaited: [...without(state.awaited, event.data), { subject: undefined, ...event.data }] };
    case 'DeadlineDismissed':
      return { ...state, awaited: without(state.awaited, event.data) };
    case 'EscalationRaised':
      return state;
  }
}

function put<Book extends DeadlineBook>(state: Book, deadline: DeadlineStatus): Book {
  return { ...state, deadlines: { ...state.deadlines, [deadline.deadline]: deadline } };
}

function change<Book extends DeadlineBook>(state: Book, key: string, change: Partial<DeadlineStatus>): Book {
  const deadline = state.deadlines[key];
  if (deadline === undefined) throw new TypeError('event of an unknown deadline');
  return put(state, { ...deadline, ...change });
}

function without(awaited: AwaitedDeadline[], { definition, subject }: { definition: string; subject?: string }) {
  return awaited.filter((each) => each.definition !== definition || each.subject !== subject);
}
