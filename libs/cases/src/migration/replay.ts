import type { DecideContext } from '../context.js';
import type { Carrier } from '../deadlines/carrier.js';
import { caseCarrier } from '../deadlines/case-carrier.js';
import type { CaseKind } from '../deadlines/case-triggers.js';
import { withDeadlines } from '../deadlines/consequences.js';
import { begin, cancel, open, startOf, type Run } from '../deadlines/run.js';
import type { CaseEvent, Recorded } from '../events.js';
import { fold, noCase } from '../evolve.js';
import type { CaseState, KnownCase } from '../state.js';
import { translated } from './translate.js';

/** What followed by rule at the time, alerts and openings of tracks, is told already and does not follow again. */
const telling: Carrier<CaseKind> = { ...caseCarrier, opens: () => [], raises: () => [] };

/**
 * The case with the deadlines that it would have if it had been under its last version from the beginning: each event is
 * looked at with what was known when it was recorded. Extensions and pauses are not among what is told.
 */
export function retold(history: readonly Recorded[], context: DecideContext): KnownCase {
  let state: CaseState = noCase;
  for (const { event, by, recordedAt } of translated(history)) {
    const then = { ...context, now: recordedAt, actor: { id: by, roles: [], agency: '' } };
    const record = (events: CaseEvent[]) => events.map((each) => ({ event: each, by, recordedAt }));
    state = fold(record(withDeadlines(telling, [event], state as KnownCase, then)), state);
    if (event.type === 'CaseMigrated') state = fold(record(begunAnew(event, state as KnownCase, then)), state);
  }
  return state as KnownCase;
}

/** Duties that the version brought with it count from when the case was moved. */
function begunAnew(
  { data: { anew }, occurredAt: at }: CaseEvent<'CaseMigrated'>,
  book: KnownCase,
  context: DecideContext,
): CaseEvent[] {
  const run: Run<CaseKind> = { carrier: telling, events: [], book, context };
  for (const [id, definition] of telling.definitions(book, context)) {
    if (!anew.includes(id)) continue;
    const running = open(run, id);
    for (const deadline of running) cancel(run, deadline, 'restarted');
    const subjects = [...new Set(running.map(({ subject }) => subject))];
    for (const subject of subjects) begin(run, startOf(id, definition, { startedAt: at, subject, occurrence: 1 }));
  }
  return run.events;
}
