import { describe, expect, it } from '@jest/globals';
import { loadSharingPolicy } from '#libs/access';
import type { CaseCommandData, KnownCase } from '#libs/cases';
import { shippedCodes } from '#libs/interop';
import { loadPathways } from '#libs/pathway-files';
import { storyIn } from '../../../../test/support/case-specification.js';
import { consent, openCase } from '../../../../test/support/case-stories.js';
import { decideLeaving, type LeavingAsked } from './decide-leaving.js';

const sharing = loadSharingPolicy();
const bornInTime = '2013-05-01';
const { common } = loadPathways();
const story = storyIn({ birthDate: bornInTime, common })(openCase());

type Asked = Partial<Omit<LeavingAsked, 'state'>>;
type Referral = KnownCase['referrals'][string];

const sharedWith = (recipient: string): Partial<CaseCommandData['GiveConsent']>[] =>
  (['child', 'caregiver'] as const).map((giver) => ({
    kind: 'CONSENT_SHARING',
    giver,
    manner: 'thumbprint',
    recipient,
  }));

const referral = (more: Partial<Referral> = {}): Referral => ({
  referralId: 'r-1',
  type: 'service',
  service: { code: 'counselling_trauma' },
  fromAgency: 'osvy-1',
  toAgency: 'cif',
  urgency: 'URGENT',
  state: 'SENT',
  stateAt: '2026-03-02T03:00:00.000Z',
  sentAt: '2026-03-02T03:00:00.000Z',
  attempt: 1,
  rejectionReason: undefined,
  system: undefined,
  key: undefined,
  sentOn: undefined,
  version: 3,
  asked: ['cif'],
  grant: undefined,
  ...more,
});

const accepted: Partial<Referral> = {
  state: 'ACCEPTED',
  grant: { purpose: 'psychosocial', classes: ['identity', 'location', 'narrative'], until: '2027-01-01T00:00:00.000Z' },
};

function leaving(system: 'primero' | 'oscar', given: Partial<KnownCase>, recipients: string[], asked: Asked = {}) {
  const told = story.and(...recipients.flatMap((each) => sharedWith(each).map((one) => consent(one))));
  const target = { id: 'there', system, serves: { agencies: ['cif', 'tpo'], provinces: [] }, users: {} };
  const context = { ...told.context(), birthDate: bornInTime };
  const state = { ...told.known(), ...given };
  return decideLeaving({
    state,
    sealed: false,
    pathway: undefined,
    target,
    told: false,
    shutOut: [],
    sharing,
    codes: shippedCodes,
    context,
    ...asked,
  });
}

const one = { referrals: { 'r-1': referral() } };
const foreign = { identifiers: {}, facts: { organization_name: 'cif' }, digests: [], modifiedAt: undefined };
const conflict = { conflictId: 'c', subject: 'agency' as const, ref: 'cif' };

describe('what may leave, and why not', () => {
  it.each<[string, ReturnType<typeof leaving>, string[]]>([
    ['nothing without a consent', leaving('primero', one, []), ['there: consent_missing', 'cif r-1: consent_missing']],
    ['nothing of a child who was forgotten', leaving('primero', { erased: true }, ['primero']), ['there: erased']],
    ['nothing of a sealed record', leaving('oscar', one, ['cif'], { sealed: true }), ['there: sealed']],
    ['nothing to a consent for another', leaving('oscar', one, ['tpo']), ['cif: consent_missing']],
    [
      'nothing to an agency in conflict of interest',
      leaving('oscar', { ...one, conflicts: [conflict] }, ['cif']),
      ['cif: conflict_of_interest'],
    ],
    [
      'nothing to an agency shut out by an allegation',
      leaving('oscar', one, ['cif'], { shutOut: ['cif'] }),
      ['cif: conflict_of_interest'],
    ],
    [
      'no service of a survivor that tells what was done',
      leaving('oscar', { referrals: { 'r-1': referral({ service: { code: 'PEP' } }) } }, ['cif'], {
        pathway: 'A_OCSEA',
      }),
      ['cif r-1: content_facts'],
    ],
    [
      'no service that tells of an offence',
      leaving('primero', { referrals: { 'r-1': referral({ service: { code: 'LAWYER_DEFENCE' } }) } }, ['primero'], {
        pathway: 'B_DIVERSION',
      }),
      ['cif r-1: offence_data'],
    ],
    [
      'nothing to whom a draft is meant for',
      leaving('oscar', { referrals: { 'r-1': referral({ state: 'DRAFT' }) } }, ['cif']),
      [],
    ],
  ])('%s', (_, { withheld }, reasons) => {
    const told = withheld.map(({ recipient, referralId, reason }) =>
      [recipient, ...(referralId === null ? [] : [referralId])].join(' ').concat(`: ${reason}`),
    );
    expect(told).toEqual(reasons);
  });

  it('a half of the consents that the age asks for is none', () => {
    const [childs] = sharedWith('primero');
    const state = story.and(consent(childs ?? {})).known();
    const context = { ...story.context(), birthDate: bornInTime };
    const target = { id: 'there', system: 'primero' as const, serves: { agencies: [], provinces: [] }, users: {} };
    const { parcels } = decideLeaving({
      ...{
        state,
        sealed: false,
        pathway: undefined,
        target,
        told: false,
        shutOut: [],
        sharing,
        codes: shippedCodes,
        context,
      },
    });
    expect(parcels).toEqual([]);
  });
});

describe('what a recipient is shown', () => {
  const shown = ({ parcels }: ReturnType<typeof leaving>) =>
    parcels.map(({ recipient, shows, referrals }) => ({
      recipient,
      shows: [...shows],
      words: referrals.map((r) => r.words),
    }));

  it('is what is staged, before a referral is accepted', () => {
    expect(shown(leaving('oscar', one, ['cif']))).toEqual([{ recipient: 'cif', shows: [], words: [false] }]);
  });

  it('is what was granted, once it is accepted', () => {
    expect(shown(leaving('oscar', { referrals: { 'r-1': referral(accepted) } }, ['cif']))).toEqual([
      { recipient: 'cif', shows: ['identity', 'location', 'narrative'], words: [true] },
    ]);
  });

  it('is nothing of that any more, when the grant has ended', () => {
    const ended = referral({
      ...accepted,
      grant: { purpose: 'x', classes: ['identity'], until: '2026-03-01T00:00:00.000Z' },
    });
    expect(shown(leaving('oscar', { referrals: { 'r-1': ended } }, ['cif']))).toEqual([
      { recipient: 'cif', shows: [], words: [false] },
    ]);
  });

  it('is never a word of a survivor, whatever was granted', () => {
    const { parcels } = leaving('oscar', { referrals: { 'r-1': referral(accepted) } }, ['cif'], { pathway: 'A_OCSEA' });
    expect(parcels.flatMap(({ referrals }) => referrals.map(({ words }) => words))).toEqual([false]);
  });

  it('is identity and place where a consent names the Primero', () => {
    expect(shown(leaving('primero', one, ['there']))).toEqual([
      { recipient: 'there', shows: ['identity', 'location'], words: [false] },
    ]);
  });

  it('defect 3: is for each organisation its own referrals alone', () => {
    const referrals = { 'r-1': referral(), 'r-2': referral({ referralId: 'r-2', toAgency: 'tpo' }) };
    const { parcels } = leaving('oscar', { referrals }, ['cif', 'tpo']);
    expect(parcels.map(({ recipient, referrals: kept }) => [recipient, kept.map((r) => r.referralId)])).toEqual([
      ['cif', ['r-1']],
      ['tpo', ['r-2']],
    ]);
  });

  it('is what it told us itself, without asking anybody, unless somebody said no', () => {
    const asked = { told: true };
    expect(shown(leaving('oscar', { foreign: { oscar: foreign } }, [], asked))).toEqual([
      { recipient: 'cif', shows: ['identity', 'location'], words: [] },
    ]);
    const withdrawn = story
      .and(consent({ kind: 'CONSENT_SHARING', giver: 'child', recipient: 'cif' }))
      .known().consents;
    const refused = withdrawn.map((each) => ({ ...each, withdrawn: true }));
    expect(leaving('oscar', { foreign: { oscar: foreign }, consents: refused }, [], asked).withheld).toMatchObject([
      { reason: 'consent_withdrawn' },
    ]);
  });
});
