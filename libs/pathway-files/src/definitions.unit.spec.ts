import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readCommon, readPathway } from '#libs/pathways';
import { publishedFiles } from './published-files.js';
import { judgeCommon, pathwayPaths, shippedFolder } from './read-files.js';
import { loadPathways } from './registry.js';

const counts = { A_OCSEA: [17, 27, 25], B_DIVERSION: [21, 41, 27], C_REINTEGRATION: [18, 32, 21] };

describe('the shipped definitions', () => {
  const registry = loadPathways();

  it('have nothing for lint to find', () => {
    const { definition: common, findings } = judgeCommon(shippedFolder());
    const all = pathwayPaths(shippedFolder()).flatMap(
      (path) => readPathway(readFileSync(path, 'utf8'), common!).findings,
    );
    expect([...findings, ...all]).toEqual([]);
  });

  it.each(Object.entries(counts))('hold %s whole', (id, [states, transitions, deadlines]) => {
    const { definition } = registry.current(id);
    expect([
      Object.keys(definition.states).length,
      definition.transitions.length,
      Object.keys(definition.deadlines).length,
    ]).toEqual([states, transitions, deadlines]);
  });

  it('share 32 roles, 54 documents and four ladders', () => {
    const { roles, documents, ladders } = registry.common;
    expect([Object.keys(roles).length, Object.keys(documents).length]).toEqual([32, 54]);
    expect(Object.keys(ladders)).toEqual(['L_LEGAL', 'L_SAFETY', 'L_STD', 'L_REVIEW']);
  });

  it('claim no number as confirmed and no Khmer as reviewed', () => {
    const sources = [...pathwayPaths(shippedFolder()), `${shippedFolder()}/common.yaml`];
    for (const path of sources) {
      expect(readFileSync(path, 'utf8')).not.toMatch(/(confirmed|reviewed): true/);
    }
  });
});

describe('the published files', () => {
  it.each(publishedFiles().map(({ path, text }) => [path.split('/').at(-1), path, text]))(
    '%s is what the definitions say now',
    (_, path, text) => {
      expect(readFileSync(path as string, 'utf8')).toBe(text);
    },
  );
});

it('reads a vocabulary with a wrong ladder as findings, not as a crash', () => {
  const text = readFileSync(`${shippedFolder()}/common.yaml`, 'utf8').replace('at: "50%"', 'at: "half"');
  expect(readCommon(text).findings).toMatchObject([{ code: 'rung-syntax', path: '/ladders/L_LEGAL/rungs/0/at' }]);
});
