import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { compareVersions } from '../change/compare.js';
import { readOverlay } from './read-overlay.js';

const base = loadPathways().current('B_DIVERSION');

const overlay = (numbers: string[], version = '1.0.0+12.1', id = 'B_DIVERSION'): string =>
  [
    `overlay: ${id}`,
    `version: ${version}`,
    'basis: Long roads',
    'numbers:',
    ...numbers.map((each) => `  ${each}`),
  ].join('\n');

describe('an overlay of a province', () => {
  it('sets due times, the hours of ladders and a quorum, and nothing else', () => {
    const { definition, findings } = readOverlay(
      overlay(['/deadlines/DB11/due/0/within: PT96H', '/ladders/L_STD/rungs/3/at: PT48H', '/gates/D3/quorum: 4']),
      base,
    );
    expect(findings).toEqual([]);
    expect(definition?.definition.version).toBe('1.0.0+12.1');
    expect(
      compareVersions(base, definition!)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(['/deadlines/DB11', '/gates/D3', '/ladders/L_STD']);
    expect(base.definition.gates['D3']?.quorum).toBe(3);
  });

  const refused: [what: string, code: string, number: string][] = [
    ['a guard', 'overlay-structure', '/transitions/0/guards/0/check: PT1H'],
    ['the roles of a step', 'overlay-structure', '/transitions/0/roles/0: SYSTEM'],
    ['the condition of a due time', 'overlay-structure', '/deadlines/DB11/due/0/when: P1D'],
    ['the ladder of a deadline', 'overlay-structure', '/deadlines/DB11/ladder: L_REVIEW'],
    ['who is told', 'overlay-structure', '/ladders/L_STD/rungs/0/recipients/0: owner'],
    ['a consent', 'overlay-structure', '/transitions/0/consents/0/kind: X'],
    ['the views of the child', 'overlay-structure', '/gates/D3/views: none'],
    ['a deadline that is not there', 'overlay-structure', '/deadlines/DB99/due/0/within: P1D'],
    ['words for a duration', 'overlay-number', '/deadlines/DB11/due/0/within: soon'],
    ['a duration for a count', 'overlay-number', '/gates/D3/quorum: P1D'],
    ['a reminder after the due time', 'overlay-number', '/ladders/L_STD/rungs/0/at: PT48H'],
    ['a limit of law that comes later', 'overlay-legal-limit', '/deadlines/DB02/due/0/within: PT48H'],
    ['rungs out of order', 'rung-order', '/ladders/L_STD/rungs/3/at: P9D'],
  ];

  it.each(refused)('is refused when it sets %s', (_, code, number) => {
    const { definition, findings } = readOverlay(overlay([number]), base);
    expect(definition).toBeUndefined();
    expect(findings).toMatchObject([
      { code, line: code === 'rung-order' ? 4 : 5, message: { km: expect.stringMatching(/[\u1780-\u17ff]/u) } },
    ]);
  });

  it('belongs to one version of one pathway', () => {
    const number = '/deadlines/DB11/due/0/within: PT96H';
    expect(readOverlay(overlay([number], '1.1.0+12.1'), base).findings).toMatchObject([{ code: 'overlay-base' }]);
    expect(readOverlay(overlay([number], '1.0.0+12.1', 'A_OCSEA'), base).findings).toMatchObject([
      { code: 'overlay-base' },
    ]);
    expect(readOverlay(overlay([number], '1.0.0+99.1'), base).findings).toMatchObject([{ code: 'schema' }]);
  });

  it('may make a limit of law come sooner', () => {
    expect(readOverlay(overlay(['/deadlines/DB02/due/0/within: PT12H']), base).findings).toEqual([]);
  });
});
