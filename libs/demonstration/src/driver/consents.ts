import { localDateOf, plus } from '#libs/calendar';
import { missingConsent, missingForSharing, type CaseCommandData } from '#libs/cases';
import type { ConsentGiver, ConsentManner, MissingConsent } from '#libs/pathways';
import { words } from '../words.js';
import { recordDocument, scribe } from './records.js';
import type { Rehearsal } from './rehearsal.js';
import { receivingAgencies, somebody } from './team.js';

const SHARING = 'CONSENT_SHARING';

/**
 * Everybody whose consent is still missing at the child's age gives it.
 *
 * @param recipient whom things are shared with; chosen where the kind of consent needs one
 */
export function giveConsent(rehearsal: Rehearsal, kind: string, recipient?: string): void {
  const { random, state } = rehearsal;
  const sharedWith = kind === SHARING ? (recipient ?? random.pick(receivingAgencies(state))) : undefined;
  const context = rehearsal.contextFor(rehearsal.team.owner);
  const missing =
    sharedWith === undefined
      ? missingConsent(state, kind, context, true)
      : missingForSharing(state, sharedWith, context);
  for (const who of missing.length > 0 ? missing : (['anyone'] as const)) {
    giveOne(rehearsal, kind, giverOf(rehearsal, kind, who), sharedWith);
  }
}

function giveOne(rehearsal: Rehearsal, kind: string, giver: ConsentGiver, recipient: string | undefined): void {
  const { random, child, state } = rehearsal;
  const manner = mannerOf(rehearsal, giver);
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'GiveConsent', {
    consentId: random.id(),
    kind,
    giver,
    manner,
    language: 'km',
    ...(manner === 'witnessed_verbal' ? { witness: words.witness } : {}),
    ...(giver === 'caregiver' && state.blocks.length > 0 ? { who: 'grandmother' } : {}),
    ...(giver === 'caregiver' && child.age >= 15 ? { childPermits: true } : {}),
    ...(recipient === undefined ? {} : { recipient, purpose: 'service' }),
  });
}

/** Small children say that they agree; whoever can, signs, and a thumbprint is a signature. */
function mannerOf({ random, child }: Rehearsal, giver: ConsentGiver): ConsentManner {
  if (giver === 'child' && child.age <= 11) return 'spoken';
  return random.pick(['signature', 'thumbprint', 'thumbprint', 'witnessed_verbal'] as const);
}

function giverOf({ pathway }: Rehearsal, kind: string, missing: MissingConsent): ConsentGiver {
  if (missing === 'caregiver') return 'caregiver';
  if (missing === 'instead_of_caregiver') return 'other_adult';
  if (missing !== 'anyone') return 'child';
  return pathway.common.consent.givers[kind]?.[0] ?? 'child';
}

/** Guardian-consent exceptions and how often each is the reason (assumed). */
const exceptions = [
  ['EX1', 5],
  ['EX2', 4],
  ['EX3', 3],
  ['EX4', 2],
  ['EX5', 2],
] as const;

export function recordException(rehearsal: Rehearsal, kind: string): void {
  const { random, pathway } = rehearsal;
  const code = random.weighted(exceptions);
  const isDanger = pathway.common.consent.exceptions[code]?.blocks === true;
  const data: CaseCommandData['RecordConsentException'] = {
    exceptionId: random.id(),
    code,
    kinds: [kind],
    reason: words.reason,
    reaskOn: inTwoMonths(rehearsal),
    ...(isDanger ? { blocked: { blockId: random.id(), who: 'caregiver' } } : {}),
  };
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'RecordConsentException', data);
}

/** By somebody who supervises and did not record it, once the papers that it takes are there. */
export function approveException(rehearsal: Rehearsal, exceptionId: string): void {
  const { state, team, pathway } = rehearsal;
  const recordedBy = state.exceptions.find((each) => each.exceptionId === exceptionId)?.by ?? '';
  for (const code of pathway.common.consent.approvalNeeds) {
    if (!state.documents.some((document) => document.code === code)) recordDocument(rehearsal, code);
  }
  const supervisor = somebody(['NGO_SUP', 'PDOSVY_SUP'], team, state, [recordedBy]);
  rehearsal.tick();
  rehearsal.ask(supervisor, 'ApproveConsentException', { exceptionId });
}

/** Still not safe to ask: asked about again in two months. */
export function reviewException(rehearsal: Rehearsal, exceptionId: string): void {
  rehearsal.tick();
  const review = { exceptionId, ends: false, reaskOn: inTwoMonths(rehearsal), text: words.reason };
  rehearsal.ask(scribe(rehearsal), 'ReviewConsentException', review);
}

const inTwoMonths = ({ now }: Rehearsal): string => localDateOf(plus(now, 'P60D', 'UTC'), 'UTC');
