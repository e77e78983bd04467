import { describe, expect, it } from '@jest/globals';
import type { ShownClass } from '#libs/access';
import type { PersonState } from '#libs/cases';
import { given } from '../../../../test/support/case-specification.js';
import { assessed, consent, draft, exception, sent, sharingWith } from '../../../../test/support/case-stories.js';
import { caseView } from './case-view.js';
import { caseShown } from './shown.js';

const told = given(
  ...assessed(),
  exception(),
  ...[sharingWith('clinic'), consent({ kind: 'CONSENT_SHARING', giver: 'caregiver', recipient: 'clinic' })],
  ...[draft(), sent()],
  ...[draft({ referralId: 'referral-2', toAgency: 'school', service: { code: 'education' } })],
);

const person = {
  facts: { sex: 'female', ageBand: '12-14', province: '17', district: '1702', synthetic: true },
  identity: { givenNameLatin: 'Synthetic', birthDate: '2013-05-01' },
  location: { address: 'Phum Synthetic' },
  version: 2,
} as unknown as PersonState;

const view = () => caseView('case-1', told.known(), person, { ...told.context(), birthDate: '2013-05-01' });

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Names of what has something in it. */
const filled = (shown: object): string[] =>
  Object.entries(shown).flatMap(([name, value]) => (isEmpty(value) ? [] : [name]));

const shownTo = (agency: string, ...classes: ShownClass[]) => caseShown(view(), new Set(classes), { agency });

describe('what is shown of a case', () => {
  it('before a referral is accepted is what it takes to answer it, and nothing of what has happened (GR-STAGED)', () => {
    const staged = shownTo('clinic', 'staged');
    const whole = filled(view());
    expect(whole).toEqual(expect.arrayContaining(['age', 'owner', 'enrolment', 'risk', 'documents', 'consents']));
    expect(whole).toEqual(expect.arrayContaining(['exceptions', 'deadlines', 'referrals']));
    expect(filled(staged)).toEqual([
      ...['id', 'version', 'code', 'person', 'agency', 'openedAt', 'synthetic', 'referrals'],
    ]);
    expect(staged.referrals.map(({ toAgency }) => toAgency)).toEqual(['clinic']);
    expect(filled(staged.person)).not.toContain('identity');
    expect(filled(staged.person)).not.toContain('location');
  });

  it('of its progress is all of it, with the name and the place only for whoever may see those', () => {
    const progress = shownTo('osvy', 'staged', 'progress');
    expect(progress).toEqual({ ...view(), person: { ...view().person, identity: {}, location: {} } });
    expect(shownTo('osvy', 'staged', 'progress', 'identity').person.identity).toEqual(person.identity);
    expect(shownTo('osvy', 'staged', 'progress', 'identity').person.location).toEqual({});
    expect(shownTo('osvy', 'staged', 'progress', 'location').person.location).toEqual(person.location);
  });

  it('keeps its shape, so that nobody can tell what is there', () => {
    expect(Object.keys(shownTo('clinic', 'staged'))).toEqual(Object.keys(view()));
  });
});
