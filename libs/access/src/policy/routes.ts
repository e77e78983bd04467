import { roles, type RoleGroup } from './roles.js';
import type { CaseAction } from './table.js';

/** What one route of the interface asks for before it does anything. */
export type RouteRule =
  /** Anybody, without saying who they are. */
  | { readonly to: 'anybody' }
  /** Whoever is known; what they then see is their own, or the same for all. */
  | { readonly to: 'staff' }
  /** Whoever holds a role of these groups. */
  | { readonly to: 'groups'; readonly groups: readonly RoleGroup[] }
  /** Whoever may do this with the case that the address names. */
  | { readonly to: 'case'; readonly action: CaseAction }
  /** Whoever may see the child's record that the address names. */
  | { readonly to: 'person' }
  /** Programs alone, which speak as they would to another system; what they are told is asked case by case. */
  | { readonly to: 'programs' };

const anybody: RouteRule = { to: 'anybody' };
const staff: RouteRule = { to: 'staff' };
const person: RouteRule = { to: 'person' };
const programs: RouteRule = { to: 'programs' };
const on = (action: CaseAction): RouteRule => ({ to: 'case', action });
const only = (...groups: RoleGroup[]): RouteRule => ({ to: 'groups', groups });

/** Those who look for a place where a child can live. */
const placing = only(
  'district',
  'workers',
  'socialAgents',
  'supervisors',
  'provincial',
  'national',
  'panel',
  'program',
);
/** Everybody but systems: what they bring comes in by exchange. */
const people = only(...(Object.keys(roles) as RoleGroup[]).filter((group) => group !== 'exchange'));

/** Those who look after what comes from other systems and goes to them. */
const exchanging = only('exchange', 'national', 'program');

/**
 * Every route of the interface, and whom it answers. A route without a row answers nobody, and fails the build; a row
 * without a route does, too.
 */
export const routes: Readonly<Record<string, RouteRule>> = {
  'GET /health': anybody,
  'GET /ready': anybody,

  'POST /sessions': anybody,
  'POST /sessions/passkey/options': anybody,
  'POST /sessions/passkey': anybody,
  'POST /sessions/foreign': anybody,
  'GET /sessions/foreign/callback': anybody,
  'POST /joining': anybody,
  'POST /sessions/current/proof': staff,
  'POST /sessions/current/passkey': staff,
  'GET /sessions': staff,
  'GET /sessions/current': staff,
  'DELETE /sessions/current': staff,
  'DELETE /sessions/:id': staff,
  'DELETE /sessions': staff,
  'POST /accounts/me/totp': staff,
  'POST /accounts/me/totp/confirmation': staff,
  'DELETE /accounts/me/totp': staff,
  'POST /accounts/me/recovery-codes': staff,
  'PUT /accounts/me/password': staff,
  'GET /accounts/me/passkeys': staff,
  'POST /accounts/me/passkeys/options': staff,
  'POST /accounts/me/passkeys': staff,
  'DELETE /accounts/me/passkeys/:id': staff,
  // Whose accounts somebody administers is asked by the register itself: it knows the agency of the account.
  'GET /staff': staff,
  'POST /staff': staff,
  'POST /staff/:id/invitation': staff,
  'PUT /staff/:id/roles': staff,
  'DELETE /staff/:id/sessions': staff,
  'PUT /staff/:id/foreign-identity': staff,
  'POST /staff/:id/leaving': staff,
  'GET /service-accounts': staff,
  'POST /service-accounts': staff,
  'POST /service-accounts/:id/keys': staff,
  'DELETE /service-accounts/:id/keys/old': staff,
  'POST /service-accounts/:id/unfreezing': staff,
  'DELETE /service-accounts/:id': staff,

  'GET /me': staff,
  'GET /agencies': staff,
  'GET /inbox': staff,
  'POST /inbox/:about/:version/read': staff,
  'GET /pathways': staff,
  'GET /pathways/common': staff,
  'GET /pathways/:pathway': staff,
  'GET /pathways/:pathway/versions': staff,
  'GET /pathways/:pathway/diff': staff,
  'POST /pathways/versions': staff,
  'POST /pathways/versions/:key/approval': staff,

  'GET /worklists/mine': staff,
  'GET /worklists/team': staff,
  'GET /worklists/overdue': staff,
  'GET /worklists/overdue/age-bands': staff,
  'GET /worklists/referrals-unanswered': staff,
  'GET /worklists/unassigned': staff,
  'GET /supervision/caseload': staff,
  'GET /supervision/without-contact': staff,
  'GET /supervision/late-recorded': staff,
  'GET /supervision/exceptions': staff,
  'GET /supervision/legal-limit-breaches': staff,
  'GET /supervision/watchlists': staff,
  'GET /supervision/watchlists/:watchlist': staff,
  'GET /statistics/pathway-flow': staff,
  'GET /statistics/unmet-needs': staff,
  'GET /statistics/recidivism': staff,
  'GET /statistics/pre-trial-detention': staff,
  'GET /statistics/informal-fees': staff,
  'GET /statistics/watchlists': staff,
  'GET /statistics/residential-care': staff,
  'GET /statistics/detention': staff,

  'GET /directory/service-codes': staff,
  'GET /directory/services': staff,
  'POST /directory/services': staff,
  'GET /directory/services/:entryId': staff,
  'PATCH /directory/services/:entryId': staff,
  'GET /directory/services/:entryId/changes': staff,
  'GET /directory/carers': placing,
  'POST /directory/carers': placing,
  'GET /directory/carers/:carerId': placing,
  'PATCH /directory/carers/:carerId': placing,
  'GET /directory/carers/:carerId/changes': placing,

  'GET /facilities': staff,
  'GET /facilities/overcrowded': staff,
  'GET /facilities/tasks': staff,
  'GET /facilities/inspections-overdue': staff,
  'GET /facilities/unregistered': staff,
  'GET /facilities/possible-duplicates': staff,
  'GET /facilities/:facility': staff,
  'GET /facilities/:facility/residents': staff,
  'POST /facilities': staff,
  'POST /facilities/reports': staff,
  'PATCH /facilities/:facility': staff,
  'POST /facilities/:facility/moves': staff,
  'POST /facilities/:facility/inspections': staff,
  'POST /facilities/:facility/accusations': staff,
  'POST /facilities/:facility/accusations/:accusationId/clearance': staff,
  'POST /facilities/:facility/closing-date': staff,
  'POST /facilities/:facility/deadlines/:deadline/extension': staff,
  'POST /facilities/:facility/roster': staff,

  'POST /persons': people,
  'POST /persons/matches': people,
  'GET /persons/:personId': person,
  'PATCH /persons/:personId': person,
  'GET /persons/:personId/child': person,
  'GET /persons/:personId/possible-duplicates': person,
  'POST /persons/:personId/flags': person,
  'POST /persons/:personId/flags/:flagId/lifting': person,
  'POST /persons/:personId/move-agreements': person,
  'POST /persons/:personId/merge': person,
  'POST /persons/:personId/unmerge': person,

  'GET /persons/:personId/readers': person,
  'POST /persons/:personId/erasures': person,
  'POST /persons/:personId/erasures/:erasureId/withdrawal': person,
  'POST /persons/:personId/erasures/:erasureId/approval': person,

  'GET /code-tables/:table': people,
  'PUT /code-tables/:table': only('national', 'program'),

  'POST /exports': people,
  'GET /exports/:exportId': people,
  'POST /exports/:exportId/approval': people,
  'GET /exports/:exportId/file': people,

  'GET /exchange/records': exchanging,
  'GET /exchange/records/:recordId': exchanging,
  'POST /exchange/records/:recordId/replay': exchanging,
  'POST /exchange/records/:recordId/correction': exchanging,
  'POST /exchange/replays': exchanging,
  'GET /exchange/targets': exchanging,

  'POST /cases': people,
  'GET /cases/:caseId': on('case.read'),
  'GET /cases/:caseId/next-steps': on('case.read'),
  'GET /cases/:caseId/timeline': on('case.read'),
  'GET /cases/:caseId/deadlines': on('case.read'),
  'GET /cases/:caseId/referrals': on('case.read'),
  'GET /cases/:caseId/documents/:documentId/attachment': on('case.read'),
  'GET /cases/:caseId/carers': on('case.refer'),
  'GET /cases/:caseId/proposed-owners': on('case.assign'),
  'GET /cases/:caseId/referrals/:referralId/providers': on('case.refer'),
  'POST /cases/:caseId/enrolment': on('case.step'),
  'POST /cases/:caseId/migration': on('case.migrate'),
  'POST /cases/:caseId/links': on('case.step'),
  'POST /cases/:caseId/assignment': on('case.assign'),
  'POST /cases/:caseId/emergency-access': on('case.break_glass'),
  'POST /cases/:caseId/emergency-access/:accessId/review': on('case.supervise'),
  'POST /cases/:caseId/unsealings': on('case.supervise'),
  'POST /cases/:caseId/unsealings/:unsealingId/approval': on('case.supervise'),
  'POST /cases/:caseId/transitions': on('case.step'),
  'POST /cases/:caseId/attestations': on('case.step'),
  'POST /cases/:caseId/decisions': on('case.step'),
  'POST /cases/:caseId/documents': on('case.record'),
  'POST /cases/:caseId/documents/:documentId/attachment': on('case.record'),
  'POST /cases/:caseId/risk-level': on('case.record'),
  'POST /cases/:caseId/risk-proposals/:proposalId/agreement': on('case.supervise'),
  'POST /cases/:caseId/tracks': on('case.record'),
  'POST /cases/:caseId/facts': on('case.record'),
  'POST /cases/:caseId/notes': on('case.record'),
  'POST /cases/:caseId/conflicts': on('case.record'),
  'POST /cases/:caseId/contacts': on('case.record'),
  'POST /cases/:caseId/contact-blocks': on('case.record'),
  'POST /cases/:caseId/consents': on('case.record'),
  'POST /cases/:caseId/consents/:consentId/withdrawal': on('case.record'),
  'POST /cases/:caseId/consent-exceptions': on('case.record'),
  'POST /cases/:caseId/consent-exceptions/:exceptionId/approval': on('case.supervise'),
  'POST /cases/:caseId/consent-exceptions/:exceptionId/rejection': on('case.supervise'),
  'POST /cases/:caseId/consent-exceptions/:exceptionId/review': on('case.supervise'),
  'POST /cases/:caseId/referrals': on('case.refer'),
  'POST /cases/:caseId/referrals/:referralId/sending': on('case.refer'),
  'POST /cases/:caseId/referrals/:referralId/revocation': on('case.refer'),
  'POST /cases/:caseId/referrals/:referralId/information': on('case.refer'),
  'POST /cases/:caseId/referrals/:referralId/acknowledgement': on('case.answer'),
  'POST /cases/:caseId/referrals/:referralId/information-request': on('case.answer'),
  'POST /cases/:caseId/referrals/:referralId/acceptance': on('case.answer'),
  'POST /cases/:caseId/referrals/:referralId/rejection': on('case.answer'),
  'POST /cases/:caseId/referrals/:referralId/start': on('case.answer'),
  'POST /cases/:caseId/referrals/:referralId/completion': on('case.answer'),
  'POST /cases/:caseId/decisions/:decisionId/reviews': on('case.review'),
  'POST /cases/:caseId/reviews/:reviewId/acknowledgement': on('case.review'),
  'POST /cases/:caseId/reviews/:reviewId/start': on('case.review'),
  'POST /cases/:caseId/reviews/:reviewId/decision': on('case.review'),
  'POST /cases/:caseId/reviews/:reviewId/second-level': on('case.review'),
  'POST /cases/:caseId/feedback': on('case.record'),
  'POST /cases/:caseId/feedback/:feedbackId/answer': on('case.record'),
  'POST /cases/:caseId/unmet-needs': on('case.record'),
  'POST /cases/:caseId/unmet-needs/:needId/fulfilment': on('case.record'),
  'POST /cases/:caseId/deadlines/:deadline/extension': on('case.supervise'),
  'POST /cases/:caseId/deadlines/:deadline/pause': on('case.supervise'),
  'POST /cases/:caseId/deadlines/:deadline/resumption': on('case.supervise'),

  'POST /primero/api/v2/tokens': anybody,
  'GET /primero/api/v2/cases': programs,
  'POST /primero/api/v2/cases': programs,
  'GET /primero/api/v2/cases/referrals': programs,
  'GET /primero/api/v2/cases/:id': programs,
  'PATCH /primero/api/v2/cases/:id': programs,
  'GET /primero/api/v2/cases/:id/transitions': programs,
  'GET /primero/api/v2/cases/:id/referrals': programs,
  'POST /primero/api/v2/cases/:id/referrals': programs,
  'PATCH /primero/api/v2/cases/:id/referrals/:rid': programs,
  'DELETE /primero/api/v2/cases/:id/referrals/:rid': programs,
  'GET /primero/api/v2/cases/:id/transfers': programs,
  'POST /primero/api/v2/cases/:id/transfers': programs,
  'PATCH /primero/api/v2/cases/:id/transfers/:rid': programs,
  'GET /primero/api/v2/cases/:id/assigns': programs,
  'GET /primero/api/v2/cases/:id/flags': programs,
  'GET /primero/api/v2/cases/:id/alerts': programs,
  'GET /primero/api/v2/alerts': programs,

  'POST /oscar/api/v1/admin_auth/sign_in': anybody,
  'GET /oscar/api/v1/organizations': programs,
  'GET /oscar/api/v1/organizations/listing': programs,
  'GET /oscar/api/v1/organizations/clients': programs,
  'POST /oscar/api/v1/organizations/clients/upsert': programs,
  'PUT /oscar/api/v1/organizations/clients/update_links': programs,
  'GET /oscar/api/v1/organizations/clients/check_duplication': programs,
  'PUT /oscar/api/v1/organizations/referrals/update_statuses': programs,
  'GET /oscar/api/v1/organizations/transactions/:tx_id': programs,
};
