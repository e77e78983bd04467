import type { CaseHappening } from '../deadlines/case-triggers.js';
import { caseWatching } from '../deadlines/case-watching.js';
import { hitBy } from '../deadlines/triggers.js';
import type { CaseEvent } from '../events.js';

/** What people must hear of at once, beside any deadline: each alert of the pathway once in a case. */
export function alertsOf(happening: CaseHappening): CaseEvent<'AlertRaised'>[] {
  const { after, context, event } = happening;
  const pathway = after.enrolment && context.pathway(after.enrolment.pathway);
  return Object.entries(pathway?.definition.alerts ?? {})
    .filter(([alert, { on }]) => !after.alerts.includes(alert) && hitBy(on, caseWatching, happening) !== undefined)
    .map(([alert, { recipients }]) => ({
      type: 'AlertRaised',
      data: { alert, recipients },
      occurredAt: event.occurredAt,
      precision: event.precision,
    }));
}
