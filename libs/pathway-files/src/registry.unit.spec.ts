import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { textOf, type TextKind } from '#libs/pathways';
import { InvalidDefinition, UnknownPathway } from './errors.js';
import { lintFiles } from './lint-files.js';
import { readDefinitions, shippedFolder } from './read-files.js';
import { loadPathways, registryOf } from './registry.js';

const { common, pathways } = readDefinitions();
const ocsea = pathways.find(({ name }) => name === 'ocsea')!;

const version = (number: string) => ({ name: number, definition: { ...ocsea.definition, version: number } });

describe('a registry', () => {
  it('finds a pathway by the key a case is pinned to', () => {
    expect(loadPathways().get('A_OCSEA@1.0.0').definition.id).toBe('A_OCSEA');
  });

  it('begins new cases under the highest version, counted as numbers', () => {
    const registry = registryOf({ common, pathways: [version('1.9.0'), version('1.10.0'), version('1.2.3')] });
    expect(registry.current('A_OCSEA').definition.version).toBe('1.10.0');
    expect(registry.all()).toHaveLength(3);
  });

  it('says so when it knows no such pathway', () => {
    expect(() => loadPathways().get('A_OCSEA@9.9.9')).toThrow(UnknownPathway);
    expect(() => loadPathways().current('Z_NONE')).toThrow(UnknownPathway);
  });

  it('refuses the same version twice', () => {
    expect(() => registryOf({ common, pathways: [version('1.0.0'), version('1.0.0')] })).toThrow(/A_OCSEA@1\.0\.0/);
  });
});

describe('the text of a code', () => {
  const texts: [kind: TextKind, code: string, en: RegExp][] = [
    ['state', 'TRIAGE', /^Triage/],
    ['transition', 'A01', /^Assign/],
    ['guard', 'A09.1', /^The decider must not be/],
    ['guard', 'JUSTICE.INTERVIEW_SET.1', /^A lawyer must be assigned/],
    ['gate', 'G1', /^Acceptance$/],
    ['decision', 'G1-DEFER', /^Defer/],
    ['track', 'HEALTH', /^Health$/],
    ['fact', 'dangerFlag', /danger/],
    ['deadline', 'DA05', /prophylaxis/],
    ['deadline', 'R02', /^Another provider/],
    ['outcome', 'A-O1', /^Recovered/],
    ['role', 'NGO_CW', /^NGO case worker$/],
    ['document', 'SAFETY_PLAN', /^Immediate safety plan$/],
    ['ladder', 'L_LEGAL', /^Limits of law$/],
    ['risk', 'no_action', /^No action/],
    ['exception', 'EX2', /^The suspect lives/],
    ['rejection', 'NO_CAPACITY', /^No capacity/],
  ];

  it.each(texts)('%s %s', (kind, code, en) => {
    expect(textOf(loadPathways().current('A_OCSEA'), kind, code)?.en).toMatch(en);
  });

  it('is absent for a code that nobody knows', () => {
    expect(textOf(loadPathways().current('A_OCSEA'), 'state', 'LIMBO')).toBeUndefined();
  });
});

describe('a folder of definitions', () => {
  it('is refused whole, with every finding and its line, when one file is wrong', () => {
    const folder = copyWith('ocsea.yaml', (text) => text.replace('to: TRIAGE', 'to: LIMBO'));
    expect(() => loadPathways(folder)).toThrow(InvalidDefinition);
    expect(() => loadPathways(folder)).toThrow(/ocsea\.yaml:\d+ unknown-state \/transitions\/0\/to: "LIMBO"/);
  });
});

describe('linting files', () => {
  it('finds nothing in the shipped ones', () => {
    const files = ['common', ...pathways.map(({ name }) => name)].map((name) => join(shippedFolder(), `${name}.yaml`));
    expect(lintFiles(files)).toEqual([]);
  });

  it('finds that a copy has lost a guard that the shipped version has', () => {
    const folder = copyWith('ocsea.yaml', (text) => text.replace(/ {6}- id: A24\.2[^]*?attestation: .*\n/, ''));
    expect(lintFiles([join(folder, 'ocsea.yaml')])).toMatchObject([
      { code: 'safety-removed', path: '/transitions/A24/guards/A24.2' },
    ]);
  });

  it('finds what an overlay of a province may not set, and one that is laid over nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'overlays-'));
    const overlay = (version: string, number: string): string => {
      const file = join(folder, `${version}.yaml`);
      writeFileSync(file, `overlay: A_OCSEA\nversion: ${version}\nbasis: Islands\nnumbers:\n  ${number}\n`);
      return file;
    };
    const sound = overlay('1.0.0+12.1', '/deadlines/DA02/due/1/within: PT1H');
    const guard = overlay('1.0.0+12.2', '/transitions/0/guards/0/check: PT1H');
    const nowhere = overlay('9.0.0+12.1', '/deadlines/DA02/due/1/within: PT1H');
    expect(lintFiles([sound])).toEqual([]);
    expect(lintFiles([guard, nowhere])).toMatchObject([
      { file: guard, code: 'overlay-structure', line: 5 },
      { file: nowhere, code: 'overlay-base' },
    ]);
  });

  it('reports a broken vocabulary beside a pathway instead of judging by it', () => {
    const folder = copyWith('common.yaml', (text) => text.replace('at: "50%"', 'at: "half"'));
    expect(lintFiles([join(folder, 'ocsea.yaml')])).toMatchObject([
      { file: join(folder, 'common.yaml'), code: 'rung-syntax' },
    ]);
  });
});

function copyWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathways-'));
  cpSync(shippedFolder(), folder, { recursive: true });
  const before = readFileSync(join(folder, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, file), after);
  return folder;
}
