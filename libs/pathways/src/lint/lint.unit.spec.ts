import { describe, expect, it } from '@jest/globals';
import { parseDefinition } from '../parse.js';
import type { CommonDefinition, DueRule, PathwayDefinition } from '../definition.js';
import type { FindingCode } from '../finding.js';
import { lintCommon, lintDefinition, readCommon, readPathway } from './index.js';
import { lintChange } from './change.js';

const text = (en: string): string => `{en: ${en}, km: ខ្មែរ, reviewed: false}`;

const commonYaml = `
version: 1.0.0
roles: {WORKER: ${text('Worker')}, HEAD: ${text('Head')}, SYSTEM: ${text('Timer')}}
documents:
  REPORT: {kind: record, title: ${text('Report')}}
  AGREEMENT: {kind: consent, title: ${text('Agreement')}}
ladders:
  L_STD: {title: ${text('Standard')}, use: ${text('Steps')}, rungs: [{at: "50%", recipients: [owner]}, {at: PT0S, recipients: [HEAD], action: ACT}]}
  L_LEGAL: {title: ${text('Law')}, use: ${text('Liberty')}, rungs: [{at: PT0S, recipients: [HEAD], records: EXCEEDED}]}
deadlines: {}
consent:
  kinds: [AGREEMENT]
  givers: {AGREEMENT: [child]}
  bands: [{from: 0, child: written, caregiver: required, otherwise: [other_adult]}]
  witnessed: [witnessed_verbal]
  exceptions: {EX1: {standsIn: caregiver, blocks: true}}
  approvers: [HEAD]
  approvedWithin: PT24H
  approvalNeeds: [REPORT]
  basis: Test
  tag: ASSUMED
  confirmed: false
personFlags: {}
reviews:
  fileWithinWorkingDays: 15
  firstLevel: [HEAD]
  secondLevel: [HEAD]
  notices: {UPHELD: ${text('u')}, PARTLY_UPHELD: ${text('p')}, DISMISSED: ${text('d')}}
  basis: Test
  tag: ASSUMED
  confirmed: false
riskLowering: {roles: [HEAD], documents: [REPORT], basis: Test, tag: ASSUMED, confirmed: false}
riskLevels: {high: ${text('h')}, medium: ${text('m')}, low: ${text('l')}, no_action: ${text('n')}}
exceptions: {EX1: ${text('Suspect')}}
rejectionReasons: {FULL: ${text('Full')}}
labels: {noteKinds: {NOTE: ${text('Note')}}, ladderActions: {ACT: ${text('Act')}}, ladderRecords: {EXCEEDED: ${text('Exceeded')}}}
supervision: {workers: [WORKER], caseload: {active: 25, highRisk: 10}, noContact: P30D, basis: Practice, tag: ASSUMED, confirmed: false}
emergencyAccess: {lasts: PT4H, reasonAtLeast: 20, recipients: [owner], basis: Practice, tag: ASSUMED, confirmed: false}
`;

const pathwayYaml = `
id: T_TEST
version: 1.0.0
title: ${text('Test')}
initial: OPEN
states:
  OPEN: {phase: intake, primeroWorkflow: new, title: ${text('Open')}}
  CLOSED: {phase: end, primeroWorkflow: closed, terminal: true, title: ${text('Closed')}}
transitions:
  - id: T01
    from: [OPEN]
    to: CLOSED
    action: close
    title: ${text('Close')}
    roles: [WORKER]
    documents: [{code: REPORT}]
    consents: [{kind: AGREEMENT}]
    decision: G-YES
    guards:
      - {id: T01.1, text: ${text('Safe')}, check: {any: [{fact: {name: kind, is: A}}, {track: {id: HOME, in: [SAFE]}}]}}
      - {id: T01.2, text: ${text('Said')}, attestation: {}}
facts:
  kind: {type: code, title: ${text('Kind')}, options: {A: ${text('A')}}}
  happenedAt: {type: instant, title: ${text('When')}}
gates:
  G: {title: ${text('Gate')}, question: ${text('May we')}, deciders: [WORKER], outcomes: {G-YES: ${text('Yes')}}, document: REPORT, views: none, notices: {G-YES: ${text('You may')}}}
tracks:
  HOME: {title: ${text('Home')}, states: {SAFE: ${text('Safe')}}}
deadlines:
  D01:
    title: ${text('Close it')}
    subject: case
    start: [{entered: [OPEN]}]
    stop: [{transition: [T01]}]
    due: [{when: {risk: [low]}, clock: calendar, granularity: day, within: P7D}, {clock: wall, granularity: moment, within: PT24H}]
    ladder: L_STD
    basis: Practice
    tag: ASSUMED
    confirmed: false
    extendable: true
outcomes: {O1: ${text('Well')}}
reasons: {HOLD: {MISSING: ${text('Missing')}}}
scores: {}
content: {refusedMediaTypes: [image/*], refuseLinksInText: true, attachments: [pdf]}
`;

const common = parseDefinition(commonYaml).value as CommonDefinition;
const pathway = parseDefinition(pathwayYaml).value as PathwayDefinition;

function lintAfter(change: (definition: PathwayDefinition) => void): [string, string][] {
  const definition = structuredClone(pathway);
  change(definition);
  return lintDefinition(definition, common).map(({ code, path }) => [code, path]);
}

const first = (definition: PathwayDefinition) => definition.transitions[0]!;
const deadline = (definition: PathwayDefinition) => definition.deadlines['D01']!;
const guard = (definition: PathwayDefinition) => first(definition).guards[0]!;

type Break = [code: FindingCode, path: string, change: (definition: PathwayDefinition) => void];

const meaningBreaks: Break[] = [
  ['unknown-state', '/initial', (d) => void (d.initial = 'OPEN_')],
  ['unknown-state', '/transitions/0/to', (d) => void (first(d).to = 'GONE')],
  ['unknown-state', '/deadlines/D01/start/0/entered/0', (d) => void (deadline(d).start = [{ entered: ['GONE'] }])],
  ['unknown-role', '/transitions/0/roles/1', (d) => void first(d).roles.push('NOBODY')],
  [
    'unknown-role',
    '/transitions/0/guards/1/attestation/roles/0',
    (d) => void (first(d).guards[1]!.attestation = { roles: ['NOBODY'] }),
  ],
  ['unknown-document', '/transitions/0/documents/0/code', (d) => void (first(d).documents = [{ code: 'LETTER' }])],
  ['unknown-consent', '/transitions/0/consents/0/kind', (d) => void (first(d).consents = [{ kind: 'REPORT' }])],
  ['unknown-decision', '/transitions/0/decision', (d) => void (first(d).decision = 'G-NO')],
  [
    'unknown-gate',
    '/transitions/0/guards/0/check/quorumMet/gate',
    (d) => void (guard(d).check = { quorumMet: { gate: 'H' } }),
  ],
  [
    'unknown-fact',
    '/transitions/0/guards/0/check/all/0/not/fact/name',
    (d) => void (guard(d).check = { all: [{ not: { fact: { name: 'nothing' } } }] }),
  ],
  [
    'unknown-fact-value',
    '/transitions/0/guards/0/check/fact/is',
    (d) => void (guard(d).check = { fact: { name: 'kind', is: 'Z' } }),
  ],
  [
    'unknown-fact-time',
    '/deadlines/D01/start/0/from',
    (d) => void (deadline(d).start = [{ opened: true, from: 'kind' }]),
  ],
  [
    'unknown-track',
    '/transitions/0/guards/0/when/trackRows/id',
    (d) => void (guard(d).when = { trackRows: { id: 'ROAD', all: ['SAFE'] } }),
  ],
  ['unknown-track-state', '/tracks/HOME/initial', (d) => void (d.tracks['HOME']!.initial = 'LOST')],
  [
    'unknown-track-state',
    '/deadlines/D01/stop/0/track/enters/0',
    (d) => void (deadline(d).stop = [{ track: { id: 'HOME', enters: ['LOST'] } }]),
  ],
  [
    'unknown-reason-list',
    '/transitions/0/guards/0/check/reasonCode/list',
    (d) => void (guard(d).check = { reasonCode: { list: 'NONE' } }),
  ],
  [
    'unknown-reason',
    '/transitions/0/guards/0/check/reasonCode/in/0',
    (d) => void (guard(d).check = { reasonCode: { list: 'HOLD', in: ['TIRED'] } }),
  ],
  [
    'unknown-reason',
    '/transitions/0/guards/0/check/heldBecause/0',
    (d) => void (guard(d).check = { heldBecause: ['TIRED'] }),
  ],
  [
    'unknown-deadline',
    '/transitions/0/guards/0/check/noDeadlineOverdue/ids/0',
    (d) => void (guard(d).check = { noDeadlineOverdue: { ids: ['D99'] } }),
  ],
  ['unknown-ladder', '/deadlines/D01/ladder', (d) => void (deadline(d).ladder = 'L_NONE')],
  [
    'unknown-transition',
    '/deadlines/D01/stop/0/transition/0',
    (d) => void (deadline(d).stop = [{ transition: ['T99'] }]),
  ],
  ['unknown-score', '/transitions/0/guards/0/check/scoreMet', (d) => void (guard(d).check = { scoreMet: 'FORM' })],
  ['unknown-note-kind', '/deadlines/D01/renew/0/note/0', (d) => void (deadline(d).renew = [{ note: ['NOT'] }])],
  ['unknown-note-kind', '/content/notForEvidence/0', (d) => void (d.content.notForEvidence = ['NOT'])],
  ['unknown-common-deadline', '/deadlines/D01/replaces', (d) => void (deadline(d).replaces = 'R99')],
  ['state-unreachable', '/states/LIMBO', (d) => void (d.states['LIMBO'] = d.states['CLOSED']!)],
  ['state-cannot-end', '/states/LIMBO', (d) => addLimbo(d)],
  ['terminal-left', '/states/CLOSED', (d) => void d.transitions.push(reopening(d))],
  ['terminal-stuck', '/states/CLOSED', (d) => void (d.states['CLOSED']!.reopenable = true)],
  ['transition-duplicate', '/transitions/1/id', (d) => void d.transitions.push({ ...first(d), action: 'shut' })],
  ['action-ambiguous', '/transitions/1/action', (d) => void d.transitions.push({ ...first(d), id: 'T02', guards: [] })],
  ['system-alone', '/transitions/0/roles', (d) => void Object.assign(first(d), { roles: ['SYSTEM'] }, noDecision)],
  ['guard-empty', '/transitions/0/guards/1', (d) => void delete first(d).guards[1]!.attestation],
  ['guard-misnamed', '/transitions/0/guards/0/id', (d) => void (guard(d).id = 'T02.1')],
  ['guard-duplicate', '/transitions/0/guards/1/id', (d) => void (first(d).guards[1]!.id = 'T01.1')],
  ['outcome-ambiguous', '/gates/H/outcomes/G-YES', (d) => void (d.gates['H'] = d.gates['G']!)],
  ['notice-missing', '/gates/G/notices', (d) => void (d.gates['G']!.outcomes['G-NO'] = d.title)],
  ['unknown-gate-outcome', '/gates/G/notices/G-NO', (d) => void (d.gates['G']!.notices['G-NO'] = d.title)],
  ['unknown-gate-outcome', '/gates/G/withoutPanel/0', (d) => void (d.gates['G']!.withoutPanel = ['G-NO'])],
  ['unknown-gate-option', '/gates/G/choices/G-YES/0', (d) => void (d.gates['G']!.choices = { 'G-YES': ['KIN'] })],
  ['unknown-state', '/gates/G/at/0', (d) => void (d.gates['G']!.at = ['GONE'])],
  ['unknown-fact', '/gates/G/noVoteFrom', (d) => void (d.gates['G']!.noVoteFrom = 'nothing')],
  ['decision-without-decider', '/transitions/0/decision', (d) => void (d.gates['G']!.deciders = ['HEAD'])],
  ['fact-without-options', '/facts/other', (d) => void (d.facts['other'] = { type: 'code', title: d.title })],
  ['due-rule-open', '/deadlines/D01/due/0', (d) => void deadline(d).due.pop()],
  ['due-rule-dead', '/deadlines/D01/due/1', (d) => void deadline(d).due.reverse()],
  ['due-span', '/deadlines/D01/due/1', (d) => void (deadline(d).due[1] = { ...wallClock, within: 'P1M' })],
  ['due-span', '/deadlines/D01/due/1', (d) => void (deadline(d).due[1] = { ...wallClock, withinWorkingDays: 3 })],
  ['proposal-without-referral', '/deadlines/D01/proposes', (d) => void (deadline(d).proposes = 'next_provider')],
  ['legal-extendable', '/deadlines/D01/extendable', (d) => void (deadline(d).ladder = 'L_LEGAL')],
  [
    'text-untranslated',
    '/states/OPEN/title/km',
    (d) => void (d.states['OPEN']!.title = { en: 'Open', km: 'Open', reviewed: false }),
  ],
];

const wallClock = { clock: 'wall', granularity: 'moment' } satisfies Partial<DueRule>;
const noDecision = { decision: undefined };

const reopening = (d: PathwayDefinition) => ({ ...first(d), id: 'T02', from: ['CLOSED'], to: 'OPEN', guards: [] });

function addLimbo(d: PathwayDefinition): void {
  d.states['LIMBO'] = d.states['OPEN']!;
  d.transitions.push({ ...first(d), id: 'T02', action: 'stray', to: 'LIMBO', guards: [] });
}

describe('lint of a pathway', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(lintDefinition(pathway, common)).toEqual([]);
  });

  it.each(meaningBreaks)('finds %s at %s', (code, path, change) => {
    expect(lintAfter(change)).toContainEqual([code, path]);
  });

  it('lets a timer alone open a review', () => {
    const opened = lintAfter((d) => {
      d.states['REVIEW'] = { ...d.states['OPEN']!, phase: 'review' };
      d.transitions.push({
        ...first(d),
        id: 'T02',
        action: 'review',
        to: 'REVIEW',
        roles: ['SYSTEM'],
        guards: [],
        ...noDecision,
      } as never);
      d.transitions.push({ ...first(d), id: 'T03', action: 'finish', from: ['REVIEW'], guards: [] });
    });
    expect(opened.map(([code]) => code)).not.toContain('system-alone');
  });

  it('reports everything at once', () => {
    const found = lintAfter((d) => {
      d.initial = 'GONE';
      deadline(d).ladder = 'L_NONE';
    });
    expect(found.map(([code]) => code)).toEqual(expect.arrayContaining(['unknown-state', 'unknown-ladder']));
  });
});

describe('the shape of a pathway', () => {
  it('does not hide what else is wrong', () => {
    const wrong = `${pathwayYaml}colour: red\n`
      .replace('basis: Practice', '')
      .replace('roles: [WORKER]', 'roles: [NOBODY]');
    const { findings } = readPathway(wrong, common);
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['schema', ''],
      ['schema', '/deadlines/D01'],
      ['unknown-role', '/transitions/0/roles/0'],
      ['decision-without-decider', '/transitions/0/decision'],
    ]);
  });

  const shapeBreaks: [why: string, from: string, to: string, path: string, message: RegExp][] = [
    [
      'a key nobody knows',
      'confirmed: false',
      'confirmed: false\n    colour: red',
      '/deadlines/D01',
      /"colour" has no place/,
    ],
    ['a missing key', 'basis: Practice', '', '/deadlines/D01', /basis/],
    ['a deadline without a stop', 'stop: [{transition: [T01]}]', 'stop: []', '/deadlines/D01/stop', /fewer than 1/],
    [
      'a trigger of two kinds',
      '{entered: [OPEN]}',
      '{entered: [OPEN], opened: true}',
      '/deadlines/D01/start/0',
      /exactly one .* opened/,
    ],
    ['a trigger of no kind', '{entered: [OPEN]}', '{from: happenedAt}', '/deadlines/D01/start/0', /exactly one/],
    ['a condition nobody knows', '{risk: [low]}', '{mood: [low]}', '/deadlines/D01/due/0/when', /"mood"/],
    [
      'a due rule with two limits',
      'within: PT24H',
      'within: PT24H, never: true',
      '/deadlines/D01/due/1',
      /exactly one/,
    ],
    ['a duration that is none', 'within: PT24H', 'within: 24h', '/deadlines/D01/due/1/within', /pattern/],
    [
      'a text without Khmer',
      '{en: Open, km: ខ្មែរ, reviewed: false}',
      '{en: Open, reviewed: false}',
      '/states/OPEN/title',
      /km/,
    ],
    ['a version that is none', 'version: 1.0.0', 'version: 1.0.0-draft', '/version', /pattern/],
  ];

  it.each(shapeBreaks)('refuses %s', (_, from, to, path, message) => {
    const changed = pathwayYaml.replace(from, to);
    expect(changed).not.toBe(pathwayYaml);
    const { definition, findings } = readPathway(changed, common);
    expect(definition).toBeUndefined();
    const finding = findings.find((each) => each.path === path);
    expect(finding).toMatchObject({ severity: 'error', code: 'schema' });
    expect(finding?.message.en).toMatch(message);
  });

  it('is refused without alarm when the file holds no pathway at all', () => {
    expect(readPathway('just words', common).findings).toMatchObject([{ code: 'schema', path: '' }]);
    expect(readPathway('', common).findings).toMatchObject([{ code: 'schema', path: '' }]);
  });
});

describe('reading a text', () => {
  it('gives each finding the line it stands on', () => {
    const lines = pathwayYaml.split('\n');
    const wrong = lines.map((line) => line.replace('ladder: L_STD', 'ladder: L_NONE'));
    const { findings } = readPathway(wrong.join('\n'), common);
    expect(findings).toMatchObject([{ code: 'unknown-ladder', line: lines.indexOf('    ladder: L_STD') + 1 }]);
  });

  it('names line and column of what is no YAML, and of a key given twice', () => {
    expect(readPathway('id: [1, 2', common).findings[0]).toMatchObject({ code: 'syntax', line: 1 });
    const [twice] = readPathway('id: A\nversion: 1.0.0\nid: B\n', common).findings;
    expect(twice).toMatchObject({ code: 'syntax', line: 3 });
    expect(twice?.message.en).toMatch(/^Line 3, column 1: /);
  });
});

describe('lint of the common vocabulary', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(readCommon(commonYaml).findings).toEqual([]);
  });

  const breaks: [code: FindingCode, path: string, change: (vocabulary: CommonDefinition) => void][] = [
    ['rung-syntax', '/ladders/L_STD/rungs/0/at', (c) => void (c.ladders['L_STD']!.rungs[0]!.at = 'T+2h')],
    ['rung-order', '/ladders/L_STD/rungs/1/at', (c) => void c.ladders['L_STD']!.rungs.reverse()],
    [
      'unknown-role',
      '/ladders/L_STD/rungs/0/recipients/0',
      (c) => void (c.ladders['L_STD']!.rungs[0]!.recipients = ['NOBODY']),
    ],
    [
      'unknown-ladder-action',
      '/ladders/L_STD/rungs/1/action',
      (c) => void (c.ladders['L_STD']!.rungs[1]!.action = 'NAP'),
    ],
    [
      'unknown-ladder-record',
      '/ladders/L_LEGAL/rungs/0/records',
      (c) => void (c.ladders['L_LEGAL']!.rungs[0]!.records = 'NAP'),
    ],
    ['unknown-consent', '/consent/kinds/0', (c) => void (c.consent.kinds = ['REPORT'])],
    ['unknown-exception', '/consent/exceptions/EX0', (c) => void (c.consent.exceptions['EX0'] = { standsIn: 'all' })],
    ['unknown-role', '/consent/approvers/0', (c) => void (c.consent.approvers = ['NOBODY'])],
    ['unknown-document', '/consent/approvalNeeds/0', (c) => void (c.consent.approvalNeeds = ['NONE'])],
    ['unknown-role', '/reviews/secondLevel/0', (c) => void (c.reviews.secondLevel = ['NOBODY'])],
    ['unknown-document', '/riskLowering/documents/0', (c) => void (c.riskLowering.documents = ['NONE'])],
    [
      'unknown-state',
      '/deadlines/R1/start/0/entered/0',
      (c) => void (c.deadlines['R1'] = structuredClone(pathway.deadlines['D01']!)),
    ],
  ];

  it.each(breaks)('finds %s at %s', (code, path, change) => {
    const vocabulary = structuredClone(common);
    change(vocabulary);
    expect(lintCommon(vocabulary)).toContainEqual(expect.objectContaining({ code, path }));
  });
});

describe('a new version', () => {
  const losses: [path: string, change: (definition: PathwayDefinition) => void][] = [
    ['/states/OPEN', (d) => void delete d.states['OPEN']],
    ['/transitions/T01', (d) => void (d.transitions = [])],
    ['/transitions/T01/guards/T01.1', (d) => void first(d).guards.shift()],
    ['/transitions/T01/documents/REPORT', (d) => void (first(d).documents = [])],
    ['/transitions/T01/consents/AGREEMENT', (d) => void (first(d).consents = [])],
    ['/deadlines/D01', (d) => void (d.deadlines = {})],
    ['/content/refusedMediaTypes/image/*', (d) => void (d.content.refusedMediaTypes = [])],
    ['/content/attachments/png', (d) => void (d.content.attachments = ['pdf', 'png'])],
    ['/content/refuseLinksInText', (d) => void (d.content.refuseLinksInText = false)],
  ];

  it.each(losses)('may not remove %s unless that is approved', (path, change) => {
    const next = structuredClone(pathway);
    change(next);
    const paths = lintChange(pathway, next).map((finding) => finding.path);
    expect(paths).toContain(path);
    expect(lintChange(pathway, next, paths)).toEqual([]);
  });

  it('may change numbers and add guards', () => {
    const next = structuredClone(pathway);
    deadline(next).due = [{ ...wallClock, within: 'PT12H' }];
    first(next).guards.push({ ...guard(next), id: 'T01.3' });
    expect(lintChange(pathway, next)).toEqual([]);
  });
});
