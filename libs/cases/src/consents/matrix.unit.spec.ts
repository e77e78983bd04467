import { describe, expect, it } from '@jest/globals';
import type { CaseCommandData } from '#libs/cases';
import type { MissingConsent } from '#libs/pathways';
import { storyIn } from '../../../../test/support/case-specification.js';
import { consent, exception, openCase } from '../../../../test/support/case-stories.js';
import { missingConsent } from './in-force.js';

type Given = Partial<CaseCommandData['GiveConsent']>;

const childWrites: Given = { giver: 'child', manner: 'thumbprint' };
const childSpeaks: Given = { giver: 'child', manner: 'spoken' };
const caregiver: Given = { giver: 'caregiver', manner: 'signature' };
const permitted: Given = { ...caregiver, childPermits: true };
const otherAdult: Given = { giver: 'other_adult', manner: 'signature' };
const caseWorker: Given = { giver: 'case_worker', manner: 'signature' };
const mature: Given = { ...childWrites, maturityNoted: true };

/** Stories begin on 2 March 2026. */
const bornFor: Record<string, string | undefined> = {
  5: '2020-03-03',
  6: '2020-03-02',
  11: '2014-03-03',
  12: '2014-03-02',
  14: '2011-03-03',
  15: '2011-03-02',
  17: '2008-03-03',
  18: '2008-03-02',
  unknown: undefined,
};

function missing(age: string, given: Given[], code?: string, orException = false): MissingConsent[] {
  const birthDate = bornFor[age];
  const story = storyIn(birthDate === undefined ? {} : { birthDate })(
    openCase(),
    ...(code === undefined ? [] : [exception({ code, blocked: { blockId: 'b', who: 'father' } })]),
    ...given.map((each) => consent({ who: 'mother', ...each })),
  );
  return missingConsent(story.known(), 'CONSENT_SERVICES', story.context(), orException);
}

describe('whose consent is missing, by age (pathways 1.6)', () => {
  it.each<[string, Given[], MissingConsent[]]>([
    ['5', [], ['caregiver']],
    ['5', [caregiver], []],
    ['6', [caregiver], ['child_assent']],
    ['6', [caregiver, childSpeaks], []],
    ['11', [caregiver, childSpeaks], []],
    ['12', [caregiver, childSpeaks], ['child_in_writing']],
    ['12', [caregiver, childWrites], []],
    ['14', [childWrites], ['caregiver']],
    ['15', [childWrites], ['caregiver']],
    ['15', [childWrites, caregiver], ['caregiver']],
    ['15', [childWrites, permitted], []],
    ['17', [childWrites, permitted], []],
    ['18', [childWrites], []],
    ['18', [caregiver], ['child_in_writing']],
    ['unknown', [childWrites, caregiver], []],
    ['unknown', [childSpeaks, caregiver], ['child_in_writing']],
  ])('at %s years, given %j: %j', (age, given, expected) => {
    expect(missing(age, given)).toEqual(expected);
  });

  it.each<[string, Given[], MissingConsent[]]>([
    ['5', [], ['instead_of_caregiver']],
    ['5', [otherAdult], []],
    ['5', [caseWorker], []],
    ['11', [childSpeaks, caseWorker], []],
    ['11', [caseWorker], ['child_assent']],
    ['12', [childWrites], ['instead_of_caregiver']],
    ['12', [childWrites, caseWorker], ['instead_of_caregiver']],
    ['12', [childWrites, otherAdult], []],
    ['14', [mature], []],
    ['15', [childWrites], []],
    ['17', [], ['child_in_writing']],
    ['unknown', [mature], ['instead_of_caregiver']],
    ['unknown', [childWrites, otherAdult], []],
  ])('at %s years, with the caregiver set aside, given %j: %j', (age, given, expected) => {
    expect(missing(age, given, 'EX1')).toEqual(expected);
  });

  it('lets a child of 15 to 17 keep the caregiver out (EX7), and no younger one', () => {
    expect(missing('15', [childWrites], 'EX7')).toEqual([]);
    expect(missing('14', [mature], 'EX7')).toEqual(['caregiver']);
    expect(missing('unknown', [mature, otherAdult], 'EX7')).toEqual(['caregiver']);
  });

  it('asks nobody in an emergency (EX6), where the step allows an exception', () => {
    expect(missing('12', [], 'EX6', true)).toEqual([]);
    expect(missing('12', [], 'EX6', false)).toEqual(['child_in_writing', 'caregiver']);
  });
});
