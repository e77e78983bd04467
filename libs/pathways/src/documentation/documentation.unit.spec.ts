import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from '../parse.js';
import type { PathwayDefinition } from '../definition.js';
import { inWords } from './condition-words.js';
import { diagram } from './diagram.js';
import { guardTable } from './guard-table.js';

const text = (en: string): string => `{en: "${en}", km: ខ្មែរ, reviewed: false}`;

const definition = parseDefinition(`
id: T_TEST
version: 1.0.0
title: ${text('Test')}
initial: OPEN
states:
  OPEN: {phase: intake, primeroWorkflow: new, title: ${text('Open: waiting')}}
  CLOSED: {phase: end, primeroWorkflow: closed, terminal: true, title: ${text('Closed')}}
transitions:
  - id: T01
    from: [OPEN]
    to: CLOSED
    action: close
    guards:
      - {id: T01.1, text: ${text('Low risk | no danger')}, when: {from: [OPEN]}, check: {risk: [low]}}
      - {id: T01.2, text: ${text('Say why')}, check: {reasonGiven: true}, attestation: {roles: [HEAD]}}
tracks:
  HOME: {enter: {SAFE: [{id: HOME.SAFE.1, text: ${text('Home seen')}, attestation: {}}]}}
`).value as PathwayDefinition;

describe('the diagram', () => {
  it('shows states by title, transitions by id and action, and where cases begin and end', () => {
    expect(diagram(definition)).toBe(
      [
        '---',
        'title: Test',
        '---',
        'stateDiagram-v2',
        '  OPEN : Open, waiting',
        '  CLOSED : Closed',
        '  [*] --> OPEN',
        '  OPEN --> CLOSED : T01 close',
        '  CLOSED --> [*]',
        '',
      ].join('\n'),
    );
  });
});

describe('the guard table', () => {
  it('says of every guard when it applies, what is checked and who attests', () => {
    expect(guardTable(definition).split('\n').slice(2)).toEqual([
      '| T01 | T01.1 | Low risk \\| no danger | when from OPEN | risk is low | – |',
      '| T01 | T01.2 | Say why | always | reason given in words | HEAD |',
      '| HOME → SAFE | HOME.SAFE.1 | Home seen | always | – | whoever takes the step |',
      '',
    ]);
  });
});

describe('a condition in words', () => {
  it.each([
    [{ fact: { name: 'ageAtOffence', atLeast: 14, atMost: 17 } }, 'fact ageAtOffence is at least 14 and at most 17'],
    [{ fact: { name: 'dangerFlag', is: true } }, 'fact dangerFlag is true'],
    [{ fact: { name: 'exposureAt' } }, 'fact exposureAt is recorded'],
    [{ not: { risk: ['high' as const] } }, 'not (risk is high)'],
    [{ elapsed: { since: ['A17'], atLeast: 'P6M' } }, 'at least P6M since the latest of A17'],
    [
      { contacts: { kinds: ['HOME_VISIT' as const], atLeast: 1, since: 'entry' as const, seenAlone: true } },
      'at least 1 contacts (HOME_VISIT), the child seen alone since the state was entered',
    ],
    [{ any: [{ reasonGiven: true as const }, { actor: ['HEAD'] }] }, '(reason given in words) or (taken by HEAD)'],
  ])('%j', (condition, words) => {
    expect(inWords(condition)).toBe(words);
  });
});
