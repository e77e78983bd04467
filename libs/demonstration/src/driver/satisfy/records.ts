import { Impossible } from '../impossible.js';
import { giveConsent } from '../consents.js';
import { addNote, recordContact, recordDocument, scribe } from '../records.js';
import { draftReferral, moveOn, referralOf, sendReferral } from '../referrals.js';
import type { Rehearsal } from '../rehearsal.js';
import type { Satisfiers } from '../scene.js';
import { words } from '../../words.js';

const unfinished = ['DRAFT', 'SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'ACCEPTED', 'IN_SERVICE', 'EXPIRED'];

/** What was recorded stays recorded: such a condition can be made true, and not false again. */
export const recordSatisfiers: Satisfiers<
  | 'document'
  | 'consent'
  | 'sharingConsentForEveryReferral'
  | 'contacts'
  | 'notes'
  | 'referral'
  | 'referralUrgency'
  | 'noReferralIn'
  | 'scoreMet'
  | 'conflictDeclared'
  | 'facility'
  | 'facilityType'
> = {
  document: ({ code }, { rehearsal }, wanted) => {
    assertWanted(wanted);
    recordDocument(rehearsal, code);
  },
  consent: ({ kind }, { rehearsal }, wanted) => {
    assertWanted(wanted);
    giveConsent(rehearsal, kind);
  },
  sharingConsentForEveryReferral: (_, { rehearsal }, wanted) => {
    assertWanted(wanted);
    const referrals = Object.values(rehearsal.state.referrals).filter(({ state }) => unfinished.includes(state));
    for (const { toAgency } of referrals) giveConsent(rehearsal, 'CONSENT_SHARING', toAgency);
  },
  contacts: ({ kinds, atLeast }, scene, wanted) => {
    assertWanted(wanted);
    const { rehearsal } = scene;
    for (let number = 0; number < atLeast; number += 1) {
      if (number > 0) scene.passTo(rehearsal.later(`PT${rehearsal.random.integer(4, 60)}H`));
      recordContact(rehearsal, kinds?.[0] ?? 'PHONE');
    }
  },
  notes: ({ kind, atLeast }, scene, wanted) => {
    assertWanted(wanted);
    for (let number = 0; number < atLeast; number += 1) {
      if (number > 0) scene.passTo(scene.rehearsal.later('P2D'));
      addNote(scene.rehearsal, kind);
    }
  },
  referral: ({ in: states, type }, { rehearsal }, wanted) => {
    assertWanted(wanted);
    const id = underWay(rehearsal, type) ?? draftReferral(rehearsal, type ?? 'service');
    while (!states.includes(referralOf(rehearsal, id).state)) moveOn(rehearsal, id);
  },
  referralUrgency: () => {
    throw new Impossible('a condition of deadlines alone');
  },
  noReferralIn: ({ states, services }, { rehearsal }, wanted) => {
    if (!wanted) return sendReferral(rehearsal, draftReferral(rehearsal, 'service'));
    for (const { referralId, service } of Object.values(rehearsal.state.referrals)) {
      if (services !== undefined && !services.includes(service.code)) continue;
      while (states.includes(referralOf(rehearsal, referralId).state)) moveOn(rehearsal, referralId);
    }
  },
  scoreMet: (name, { rehearsal }, wanted) => {
    const score = rehearsal.pathway.definition.scores[name];
    if (score === undefined) throw new Impossible(`no score ${name}`);
    recordDocument(rehearsal, score.document, wanted ? 'good' : 'weak');
  },
  conflictDeclared: ({ fact }, scene, wanted) => {
    assertWanted(wanted);
    const { rehearsal } = scene;
    if (rehearsal.state.facts[fact] === undefined) scene.satisfy({ fact: { name: fact } }, true);
    rehearsal.tick();
    rehearsal.ask(scribe(rehearsal), 'DeclareConflict', {
      conflictId: rehearsal.random.id(),
      subject: 'facility',
      ref: String(rehearsal.state.facts[fact]),
      reason: words.reason,
    });
  },
  facility: () => {
    throw new Impossible('the register is kept by others');
  },
  facilityType: () => {
    throw new Impossible('a condition of facilities alone');
  },
};

function underWay({ state }: Rehearsal, type: 'service' | 'transfer' | undefined): string | undefined {
  return Object.values(state.referrals).find(
    (referral) => (type === undefined || referral.type === type) && unfinished.includes(referral.state),
  )?.referralId;
}

function assertWanted(wanted: boolean): asserts wanted is true {
  if (!wanted) throw new Impossible('what was recorded stays recorded');
}
