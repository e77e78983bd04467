import type { Instant } from '#libs/calendar';
import type { DeadlineContext } from '../context.js';
import type { DeadlineEvent } from '../events.js';
import type { DeadlineBook, DeadlineStatus } from '../state.js';

type Rung = DeadlineStatus['rungs'][number];

/**
 * Every rung whose time has come is reached, in order, once. Issued by a wake-up or by the sweep, any number of times:
 * a deadline that was met or cancelled meanwhile, or a rung already reached, makes nothing happen.
 *
 * @param onDue what else happens once the due time has passed, with the first rung from then on
 */
export function reachedRungs<Event>(
  key: string,
  { deadlines }: DeadlineBook,
  { now }: DeadlineContext,
  onDue: (deadline: DeadlineStatus, at: Instant) => Event[],
): (DeadlineEvent | Event)[] {
  const deadline = deadlines[key];
  if (deadline?.status !== 'armed' || deadline.paused !== undefined) return [];
  const due = deadline.rungs.filter(({ rung, at }) => at <= now && !deadline.reached.includes(rung));
  // On a day off the first rung after the due time waits for the next working morning, and so does what follows from it.
  const first = deadline.rungs.find(({ at }) => at >= deadline.dueAt);
  return due.flatMap((rung) => [
    ...rungEvents(deadline, rung),
    ...(rung.rung === first?.rung ? onDue(deadline, rung.at) : []),
  ]);
}

function rungEvents(
  { deadline, definition, dueAt }: DeadlineStatus,
  { rung, at, recipients, action, records }: Rung,
): DeadlineEvent[] {
  const when = { occurredAt: at, precision: 'moment' as const };
  return [
    { type: 'RungReached', data: { deadline, definition, rung, dueAt, ...(records && { records }) }, ...when },
    {
      type: 'EscalationRaised',
      data: { deadline, definition, rung, recipients, ...(action && { action }), overdue: at >= dueAt },
      ...when,
    },
  ];
}

/** Rungs up to the due time; then the right to do something lapses, and nobody is told of a delay. */
export function reachedUntilLapse(key: string, book: DeadlineBook, context: DeadlineContext): DeadlineEvent[] {
  const deadline = book.deadlines[key];
  if (deadline?.status !== 'armed') return [];
  const first = deadline.rungs.find(({ at }) => at >= deadline.dueAt)?.at ?? deadline.dueAt;
  const before = { ...deadline, rungs: deadline.rungs.filter(({ at }) => at < first) };
  const told = reachedRungs<DeadlineEvent>(key, { ...book, deadlines: { [key]: before } }, context, () => []);
  if (first > context.now) return told;
  const { definition } = deadline;
  return [
    ...told,
    {
      type: 'DeadlineCancelled',
      data: { deadline: key, definition, because: 'lapsed' },
      occurredAt: first,
      precision: 'moment',
    },
  ];
}
