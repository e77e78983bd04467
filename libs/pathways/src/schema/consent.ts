import { byCode, closed, count, described, oneWord, ref, someOf, sourced, yes, type Schema } from './parts.js';

const codes = someOf(ref('code'));
const giver = oneWord('child', 'caregiver', 'other_adult', 'case_worker');
const manner = oneWord('signature', 'thumbprint', 'written', 'witnessed_verbal', 'remote_recorded', 'spoken');

const band = closed(
  {
    from: described(count, 'Youngest age, in years.'),
    to: described(count, 'Oldest age, in years; absent: no end.'),
    child: oneWord('none', 'informal', 'written'),
    caregiver: oneWord('required', 'with_permission', 'none'),
    otherwise: described(
      { type: 'array', items: oneWord('child', 'mature_child', 'other_adult', 'case_worker'), uniqueItems: true },
      "Who consents in the caregiver's stead when an exception sets the caregiver aside.",
    ),
  },
  ['to'],
);

const exception = closed(
  {
    standsIn: described(oneWord('caregiver', 'all'), 'For the caregiver, or for every consent.'),
    blocks: described(yes, 'Nothing may ever reach this caregiver again.'),
    ages: closed({ atLeast: count, atMost: count }, ['atLeast', 'atMost']),
  },
  ['blocks', 'ages'],
);

export const consentRules: Schema = closed({
  kinds: described(codes, 'Kinds of consent that the age matrix rules.'),
  givers: described(byCode(someOf(giver)), 'Who may give the kinds that it does not rule.'),
  bands: { type: 'array', items: band, minItems: 1 },
  witnessed: described(someOf(manner), 'Manners that need a witness.'),
  exceptions: byCode(exception, { minProperties: 1 }),
  approvers: codes,
  approvedWithin: described(ref('duration'), 'An exception that nobody has approved by then counts no longer.'),
  approvalNeeds: described(codes, 'Papers that must be on record before an exception is approved.'),
  ...sourced,
});
