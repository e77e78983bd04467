import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import type { PathwayDefinition } from '../definition.js';
import { compareVersions } from './compare.js';

const { definition, common } = loadPathways().current('A_OCSEA');

/** What changed, and which of it touches safety, when a copy is changed so. */
function comparedWith(change: (next: PathwayDefinition) => void): { all: string[]; safety: string[] } {
  const next = structuredClone(definition);
  change(next);
  const changes = compareVersions({ definition, common }, { definition: next, common });
  const told = ({ kind, path }: (typeof changes)[number]) => `${kind} ${path}`;
  return { all: changes.map(told), safety: changes.filter(({ safety }) => safety).map(told) };
}

const step = (next: PathwayDefinition, id: string) => next.transitions.find((each) => each.id === id)!;

describe('the difference between two versions', () => {
  it('is nothing between equal ones, whatever their numbers are', () => {
    expect(comparedWith((next) => void (next.version = '9.0.0'))).toEqual({ all: [], safety: [] });
  });

  it('names each thing by its code, once', () => {
    expect(
      comparedWith((next) => {
        next.states['LIMBO'] = { ...next.states['TRIAGE']! };
        next.deadlines['DA99'] = { ...next.deadlines['DA01']! };
        step(next, 'A01').guards[0]!.text = { ...step(next, 'A01').guards[0]!.text, en: 'Said more plainly' };
        next.reasons = {};
      }).all,
    ).toEqual(
      expect.arrayContaining([
        'added /states/LIMBO',
        'changed /transitions/A01/guards/A01.1',
        'added /deadlines/DA99',
        ...Object.keys(definition.reasons).map((list) => `removed /reasons/${list}`),
      ]),
    );
  });

  const protecting: [what: string, path: string, change: (next: PathwayDefinition) => void][] = [
    ['a guard that is gone', 'removed /transitions/A01/guards/A01.1', (d) => void step(d, 'A01').guards.shift()],
    [
      'a guard that asks less',
      'changed /transitions/A01/guards/A01.1',
      (d) => void (step(d, 'A01').guards[0]!.check = { reasonGiven: true }),
    ],
    [
      'a consent for which no exception stands in any more, or another',
      'changed /transitions/A07/consents/CONSENT_SERVICES',
      (d) => void (step(d, 'A07').consents = [{ kind: 'CONSENT_SERVICES' }]),
    ],
    [
      'a paper that is not asked for any more',
      'removed /transitions/A01/documents/INTAKE_REPORT',
      (d) => void (step(d, 'A01').documents = []),
    ],
    ['one more role that may take a step', 'changed /transitions/A01', (d) => void step(d, 'A01').roles.push('SYSTEM')],
    ['views that may come later', 'changed /gates/G1', (d) => void (d.gates['G1']!.views = 'none')],
    [
      'a safety deadline that is due later',
      'changed /deadlines/DA01',
      (d) => void (d.deadlines['DA01']!.due = [{ clock: 'wall', granularity: 'moment', within: 'P9D' }]),
    ],
    [
      'a safety deadline on a slower ladder',
      'changed /deadlines/DA01',
      (d) => void (d.deadlines['DA01']!.ladder = 'L_STD'),
    ],
    ['a safety deadline that is gone', 'removed /deadlines/DA01', (d) => void delete d.deadlines['DA01']],
    [
      'files that may be stored now',
      'removed /content/refusedMediaTypes/image/*',
      (d) => void (d.content.refusedMediaTypes = []),
    ],
    ["safety of the child that is nobody's any more", 'removed /ownsSafety', (d) => void delete d.ownsSafety],
  ];

  it.each(protecting)('marks %s', (_, path, change) => {
    expect(comparedWith(change).safety).toContain(path);
  });

  const harmless: [what: string, change: (next: PathwayDefinition) => void][] = [
    ['words', (d) => void (d.states['TRIAGE']!.title.en = 'Sorting')],
    ['one more guard', (d) => void step(d, 'A01').guards.push({ ...step(d, 'A01').guards[0]!, id: 'A01.9' })],
    [
      'a safety deadline that is due sooner',
      (d) => void (d.deadlines['DA01']!.due = d.deadlines['DA01']!.due.map((rule) => ({ ...rule, within: 'PT30M' }))),
    ],
    ['one more deadline', (d) => void (d.deadlines['DA99'] = { ...d.deadlines['DA01']! })],
    ['fewer roles', (d) => void step(d, 'A01').roles.pop()],
  ];

  it.each(harmless)('does not mark %s', (_, change) => {
    const { all, safety } = comparedWith(change);
    expect(all).toHaveLength(1);
    expect(safety).toEqual([]);
  });

  it('marks a new way round a decision', () => {
    const [decided] = definition.transitions.filter(
      ({ to, decision }) =>
        decision !== undefined &&
        definition.transitions.filter((each) => each.to === to).every((each) => each.decision !== undefined),
    );
    const { decision: _, ...undecided } = { ...decided!, id: 'A99', action: 'slip_by' };
    expect(comparedWith((next) => void next.transitions.push(undecided)).safety).toEqual(['added /transitions/A99']);
  });
});
