import { describe, expect, it } from '@jest/globals';
import type { CaseCommandData } from '../commands.js';
import { ask, event, given, type Circumstances } from '../../../../test/support/case-specification.js';
import { after, draft, openCase, sent, sharingWith } from '../../../../test/support/case-stories.js';

const need = (data: Partial<CaseCommandData['RecordUnmetNeed']> = {}, when: Circumstances = {}) =>
  ask('RecordUnmetNeed', { needId: 'need-1', service: 'health', why: 'NONE_EXISTS', ...data }, when);
const meet = (needId = 'need-1') => ask('MeetUnmetNeed', { needId, text: 'a nurse comes by' });
const accept = (referralId = 'referral-1') => ask('AcceptReferral', { referralId });
const asked = [sharingWith('clinic'), draft(), sent()];

describe('SR-70: a need that nobody can meet', () => {
  it('is recorded with the service, the reason as a code, and the place of the case', () => {
    given(openCase({ province: '12', district: '1202' }))
      .when(need({ text: 'the nearest is two days away' }))
      .then({
        type: 'UnmetNeedRecorded',
        data: { needId: 'need-1', service: 'health', why: 'NONE_EXISTS', province: '12', district: '1202' },
        sealed: { narrative: { text: 'the nearest is two days away' } },
      });
  });

  it('may stand for another place than that of the case', () => {
    const story = given(openCase({ province: '12', district: '1202' }));
    story.when(need({ district: '0801' })).then(event('UnmetNeedRecorded', { province: '08', district: '0801' }));
    const [elsewhere] = story.and(need({ province: '17' })).known().unmetNeeds;
    expect(elsewhere).toMatchObject({ province: '17' });
    expect(elsewhere).not.toHaveProperty('district');
    story.when(need({ province: '12', district: '0801' })).thenRefused('FieldInvalid district');
  });

  it('says why with a code: words would stand in clear', () => {
    given(openCase())
      .when(need({ why: 'the girl is shy', province: '12', district: '0801' }))
      .thenRefused('NotFound why', 'FieldInvalid district');
  });

  it('is recorded once for each service while it is open', () => {
    const story = given(openCase(), need());
    story.when(need()).thenConflict('AlreadyExists needId');
    story.when(need({ needId: 'need-2' })).thenConflict('AlreadyExists service');
    story.when(need({ needId: 'need-2', service: 'school' })).then(event('UnmetNeedRecorded', { service: 'school' }));
    story
      .and(meet())
      .when(need({ needId: 'need-2' }))
      .then(event('UnmetNeedRecorded', { service: 'health' }));
  });

  it('ends when somebody says so, once', () => {
    const story = given(openCase(), need());
    story
      .when(meet())
      .then({ ...event('UnmetNeedMet', { needId: 'need-1' }), sealed: { narrative: { text: 'a nurse comes by' } } })
      .when(meet())
      .thenConflict('WrongState needId');
    story.when(meet('need-9')).thenUnknown('NotFound needId');
  });

  it('ends when a referral for the same service is accepted, and not before', () => {
    const story = given(openCase(), ...asked, need());
    expect(story.known().unmetNeeds).toMatchObject([{ metAt: undefined }]);
    story
      .when(accept())
      .thenAmongOthers(event('ReferralAccepted'), event('UnmetNeedMet', { needId: 'need-1', referralId: 'referral-1' }))
      .when(meet())
      .thenConflict('WrongState needId');
  });

  it('goes on when a referral for another service is accepted', () => {
    given(openCase(), ...asked, need({ service: 'school' }))
      .when(accept())
      .thenNone('UnmetNeedMet');
  });

  it('ends when another system reports the service as given', () => {
    const referral = {
      referralId: 'referral-7',
      key: 'theirs',
      type: 'service' as const,
      service: { code: 'health' },
      fromAgency: 'osvy',
      toAgency: 'clinic',
      urgency: 'SOON' as const,
      state: 'IN_SERVICE' as const,
      sealed: {},
    };
    const record = ask('ReceiveRecord', {
      system: 'oscar',
      digest: 'd',
      identifiers: {},
      facts: {},
      sealed: {},
      referrals: [referral, { ...referral, referralId: 'referral-8', key: 'another' }],
      open: { code: 'K', personId: 'p', agency: 'osvy', synthetic: true },
    });
    const { outcome } = given(openCase(), need()).when(record);
    const met = outcome.ok ? outcome.events.filter(({ type }) => type === 'UnmetNeedMet') : [];
    expect(met).toMatchObject([{ data: { needId: 'need-1', referralId: 'referral-7' } }]);
  });

  it('is told in the words of those who were there, without any address of material', () => {
    given(openCase())
      .when(need({ text: 'see www.example.com' }))
      .thenRefused('LinkInText text');
  });
});

describe('SR-74: the language that a child needs', () => {
  it('travels with the referral, by its code', () => {
    given(openCase())
      .when(draft({ language: 'cmo' }))
      .then(event('ReferralDrafted', { language: 'cmo' }));
    expect(given(openCase(), draft({ language: 'csx' })).known().referrals['referral-1']?.language).toBe('csx');
    given(openCase())
      .when(draft({ language: 'the one of the hills' }))
      .thenRefused('NotFound language');
  });
});

describe('whom a referral was sent to', () => {
  it('is remembered through every attempt', () => {
    const again = ask('SendReferral', { referralId: 'referral-1', toAgency: 'hospital' }, { at: after({ days: 2 }) });
    const expire = ask(
      'ReachRungs',
      { deadline: 'R01.1' },
      { at: after({ days: 2 }), actor: { id: 'system', roles: ['SYSTEM'], agency: 'spean' } },
    );
    const story = given(openCase(), ...asked);
    expect(story.known().referrals['referral-1']?.asked).toEqual(['clinic']);
    const twice = story.and(expire, sharingWith('hospital'), again);
    expect(twice.known().referrals['referral-1']?.asked).toEqual(['clinic', 'hospital']);
    expect(given(openCase(), draft()).known().referrals['referral-1']?.asked).toEqual([]);
  });
});
