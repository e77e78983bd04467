import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { fieldClasses } from '#libs/privacy';

import {
  InvalidSharingPolicy,
  loadSharingPolicy,
  readSharingPolicy,
  sharingPolicyFile,
} from './read-sharing-policy.js';

const text = readFileSync(sharingPolicyFile(), 'utf8');
const policy = loadSharingPolicy();
const purposeOf = (service: string) => policy.ruleFor({ type: 'service', service }).purpose;

describe('the information-sharing policy', () => {
  it.each([
    ['LAWYER_DEFENCE', 'legal_aid'],
    ['legal_support_representation', 'legal_aid'],
    ['PEP', 'health'],
    ['counselling_trauma', 'psychosocial'],
    ['social_work_case_work_community', 'case_work'],
    ['anti_trafficking_rescue', 'alternative_care'],
    ['DIGITAL_TAKEDOWN', 'digital_safety'],
    ['a service nobody has heard of', 'other_service'],
  ])('gives %s the purpose %s', (service, purpose) => {
    expect(purposeOf(service)).toBe(purpose);
  });

  it('opens the least to what it does not know', () => {
    const { classes } = policy.ruleFor({ type: 'service', service: 'unheard_of' });
    expect(classes).toEqual(['identity']);
  });

  it('never opens what a child admitted in order to be diverted', () => {
    const rules = [...policy.purposes, policy.ruleFor({ type: 'transfer', service: 'x' })];
    expect(rules.length).toBeGreaterThan(9);
    for (const { classes } of rules) expect(classes).not.toContain('not_for_evidence');
    expect(policy.exchangedWith('primero')).not.toContain('not_for_evidence');
  });

  it('lets a new keeper see what the old one saw', () => {
    const { classes, purpose } = policy.ruleFor({ type: 'transfer', service: 'whatever' });
    expect({ purpose, classes: [...classes].sort() }).toEqual({
      purpose: 'transfer',
      classes: fieldClasses.filter((each) => each !== 'not_for_evidence').sort(),
    });
  });

  it('says of a referral what is opened for it, and for how long', () => {
    const sharing = policy.sharingFor({ type: 'service', service: { code: 'PEP' } });
    expect(sharing).toEqual({
      purpose: 'health',
      classes: ['identity', 'medical_legal'],
      atMost: 'P1Y',
      afterwards: 'P30D',
    });
  });

  it.each([
    ['a class that is none', text.replace('classes: [identity, medical_legal]', 'classes: [name]'), '/health/classes'],
    [
      'what is shared with nobody',
      text.replace('classes: [identity, medical_legal]', 'classes: [not_for_evidence]'),
      '/health/classes',
    ],
    ['a period that is none', text.replace('until: P7D', 'until: a week'), 'until'],
    ['an unknown member', text.replace('version: 1', 'version: 1\nextra: 1'), 'additional'],
    ['no rule for the rest', text.replace('services: ["*"]', 'services: [SOMETHING]'), 'the last one'],
    ['a rule that hides others', text.replace('services: [police_other_service', 'services: ["*"'), 'the last one'],
    ['a key twice', text.replace('version: 1', 'version: 1\nversion: 1'), 'not YAML'],
  ])('with %s is refused', (_, changed, told) => {
    expect(changed).not.toBe(text);
    expect(() => readSharingPolicy(changed)).toThrow(InvalidSharingPolicy);
    expect(() => readSharingPolicy(changed)).toThrow(told);
  });
});
