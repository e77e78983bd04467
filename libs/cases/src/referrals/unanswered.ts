import type { ReferralState } from '#libs/pathways';
import type { CaseHappening } from '../deadlines/case-triggers.js';
import { deadlineDefinitions } from '../deadlines/definitions.js';
import type { Start } from '../deadlines/due.js';

/** States in which a referral waits for an answer. */
const waiting: readonly ReferralState[] = ['SENT', 'ACKNOWLEDGED', 'MORE_INFO'];

/**
 * Their deadlines ended with the case. Where it is opened again, an answer is due again, or the referrals that nobody had
 * answered would wait in silence.
 */
export function dueAgain({ event, after, context }: CaseHappening): Start[] {
  if (event.type !== 'TransitionTaken' || after.enrolment === undefined) return [];
  const left = context.pathway(after.enrolment.pathway)?.definition.states[event.data.from];
  if (left?.terminal !== true) return [];
  const unanswered = Object.values(after.referrals).filter(({ state }) => waiting.includes(state));
  const runs = (id: string, subject: string): boolean =>
    Object.values(after.deadlines).some(
      (each) => each.status === 'armed' && each.definition === id && each.subject === subject,
    );
  return deadlineDefinitions(after, context)
    .filter(([, { start }]) => start.some(({ referral }) => referral?.includes('SENT') === true))
    .flatMap(([id, definition]) =>
      unanswered
        .filter(({ referralId }) => !runs(id, referralId))
        .map(({ referralId: subject }) => ({ id, definition, at: event.occurredAt, subject, occurrence: 1 })),
    );
}
