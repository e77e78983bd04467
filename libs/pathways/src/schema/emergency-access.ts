import { closed, count, described, ref, someOf, sourced, type Schema } from './parts.js';

/** How somebody opens a case that is not theirs to open. */
export const emergencyAccess: Schema = {
  ...closed({
    lasts: ref('duration'),
    reasonAtLeast: described(count, 'Characters of the reason.'),
    recipients: described({ ...someOf(ref('code')), minItems: 1 }, 'Who hears of it at once.'),
    ...sourced,
  }),
  description: "Opening a case that is not one's own because a child is in danger.",
};
