import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import type { DeadlineDefinition, FacilityLife, PathwayDefinition, ResidenceDefinition } from '../definition.js';
import { facilityDiagram, facilityPart } from '../documentation/facilities.js';
import type { FindingCode } from '../finding.js';
import { lintChange } from './change.js';
import { lintDefinition } from './index.js';

const { definition: shipped, common } = loadPathways().current('C_REINTEGRATION');

function lintAfter(change: (definition: PathwayDefinition) => void): [string, string][] {
  const definition = structuredClone(shipped);
  change(definition);
  return lintDefinition(definition, common).map(({ code, path }) => [code, path]);
}

const life = (d: PathwayDefinition): FacilityLife => d.facilities!;
const residence = (d: PathwayDefinition): ResidenceDefinition => d.residence!;
const inspection = (d: PathwayDefinition): DeadlineDefinition => d.deadlines['DC18']!;

type Break = [code: FindingCode, path: string, change: (definition: PathwayDefinition) => void];

const breaks: Break[] = [
  ['unknown-facility-state', '/facilities/found', (d) => void (life(d).found = 'LOST')],
  ['unknown-facility-state', '/facilities/registered/0', (d) => void (life(d).registered = ['LOST'])],
  ['unknown-facility-state', '/facilities/transitions/0/1', (d) => void (life(d).transitions[0]![1] = 'LOST')],
  ['unknown-facility-state', '/facilities/inspection/due', (d) => void (life(d).inspection.due = 'LOST')],
  [
    'unknown-facility-state',
    '/facilities/inspection/results/NOTED/from/0',
    (d) => void (life(d).inspection.results['NOTED']!.from = ['LOST']),
  ],
  [
    'unknown-facility-state',
    '/facilities/inspection/results/COMPLIANT/leadsTo',
    (d) => void (life(d).inspection.results['COMPLIANT']!.leadsTo = 'LOST'),
  ],
  ['unknown-role', '/facilities/roles/move/0', (d) => void (life(d).roles.move = ['NOBODY'])],
  [
    'unknown-facility-state',
    '/deadlines/DC18/onDue/facility',
    (d) => void (inspection(d).onDue = { facility: 'LOST' }),
  ],
  [
    'unknown-facility-type',
    '/deadlines/DC18/start/1/when/all/0/facilityType/0',
    (d) => void (inspection(d).start[1]!.when = { all: [{ facilityType: ['CASTLE'] }] }),
  ],
  [
    'unknown-facility-date',
    '/deadlines/DC21/due/0/at',
    (d) => void Object.assign(d.deadlines['DC21']!.due[0]!, { at: 'facilityClosesOn' }),
  ],
  [
    'facility-unreachable',
    '/facilities/states/LOST',
    (d) => void (life(d).states['LOST'] = { ...life(d).states['CLOSED']! }),
  ],
  [
    'facility-end-missing',
    '/facilities/states/LOST',
    (d) => {
      life(d).states['LOST'] = { ...life(d).states['SUSPENDED']! };
      life(d).transitions.push(['SUSPENDED', 'LOST']);
    },
  ],
  ['facility-end-left', '/facilities/states/CLOSED', (d) => void life(d).transitions.push(['CLOSED', 'AUTHORISED'])],
  ['facility-trigger', '/deadlines/DC18/start/0', (d) => void (inspection(d).start[0] = { opened: true })],
  ['facility-trigger', '/deadlines/DC03/start/0', (d) => void (d.deadlines['DC03']!.start = inspection(d).renew!)],
  [
    'facility-condition',
    '/deadlines/DC18',
    (d) => void (inspection(d).start[0]!.when = { all: [{ not: { risk: ['high'] } }] }),
  ],
  [
    'facility-condition',
    '/deadlines/DC03',
    (d) => void (d.deadlines['DC03']!.start[0]!.when = { facilityType: ['RCI'] }),
  ],
  ['facility-register-missing', '/deadlines/DC18/subject', (d) => void delete d.facilities],
  ['unknown-fact', '/residence/facility', (d) => void (residence(d).facility = 'home')],
  ['unknown-fact-time', '/residence/since', (d) => void (residence(d).since = 'admission')],
  ['unknown-fact-time', '/residence/until', (d) => void (residence(d).until = 'admission')],
  ['unknown-fact-value', '/residence/found/admission', (d) => void (residence(d).found = { admission: 'OLD' })],
  ['unknown-fact', '/residence/when/fact/name', (d) => void (residence(d).when = { fact: { name: 'home' } })],
  ['unknown-state', '/residence/undecided/0', (d) => void (residence(d).undecided = ['LIMBO'])],
  ['unknown-fact', '/factGuards/0/facts/0', (d) => void (d.factGuards![0]!.facts = ['home'])],
  [
    'unknown-fact',
    '/factGuards/0/check/facility/fact',
    (d) => void (d.factGuards![0]!.check = { facility: { fact: 'home', admits: true } }),
  ],
  ['guard-duplicate', '/factGuards/1/id', (d) => void (d.factGuards![1]!.id = 'FACTS.1')],
  ['schema', '/factGuards/0/id', (d) => void (d.factGuards![0]!.id = 'C01.1')],
  [
    'unknown-reason',
    '/transitions/27/leavesFacility/because/0',
    (d) => void (d.transitions[27]!.leavesFacility = { because: ['BORED'] }),
  ],
  ['unknown-fact', '/tracks/DISABILITY/ageFact', (d) => void (d.tracks['DISABILITY']!.ageFact = 'age')],
];

describe('lint of the register of facilities', () => {
  it.each(breaks)('finds %s at %s', (code, path, change) => {
    expect(lintAfter(change)).toContainEqual([code, path]);
  });

  it('keeps guards on facts through a new version', () => {
    const next = structuredClone(shipped);
    next.factGuards?.shift();
    expect(lintChange(shipped, next)).toMatchObject([{ code: 'safety-removed', path: '/factGuards/FACTS.1' }]);
  });
});

describe('the page about facilities', () => {
  it('shows the life of one, and who takes no new child', () => {
    const drawn = facilityDiagram(life(shipped)).split('\n');
    expect(drawn).toEqual(
      expect.arrayContaining([
        'stateDiagram-v2',
        '  SUSPENDED : Suspended',
        '  [*] --> UNKNOWN_FOUND',
        '  SUSPENDED --> CLOSING',
        '  CLOSED --> [*]',
      ]),
    );
    const page = facilityPart(life(shipped)).join('\n');
    expect(page).toContain('| SUSPENDED | Suspended | **no** | COMPLIANT, CLOSING |');
    expect(page).toContain('| TRANSIT | Transit and emergency shelter | sealed below the district |');
  });
});
