import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { guardsOf, guardsPage, parseDefinition } from '#libs/pathways';
import { packageRoot } from './package-root.js';
import { readExamples } from './read-files.js';
import { loadPathways } from './registry.js';

const registry = loadPathways();
const all = [
  ...registry.all(),
  ...readExamples(registry.common).map(({ definition }) => ({ definition, common: registry.common })),
].map((pathway) => [pathway.definition.id, pathway] as const);

describe.each(all)('the guards of %s', (_, pathway) => {
  const page = guardsPage([pathway.definition]);

  it('are checked or attested, every one of them, and traced in the table of guards', () => {
    const guards = guardsOf(pathway);
    expect(guards.filter(({ check, attestation }) => check === undefined && attestation === undefined)).toEqual([]);
    for (const { id, text } of guards)
      expect(page.split('\n').filter((row) => row.startsWith(`| ${id} |`))).toEqual([expect.stringContaining(text.en)]);
  });

  it('say in both languages what the worker has to do', () => {
    for (const { text } of guardsOf(pathway)) expect([text.en, text.km]).not.toContain('');
  });
});

/** The domain experts' drafts lie beside the repository, where they are available at all. */
const drafts = join(dirname(packageRoot()), 'shared', 'domain', 'definitions');

interface Draft {
  id: string;
  transitions: { id: string; guards: string[] }[];
}

(existsSync(drafts) ? describe : describe.skip)('the prose of the drafts', () => {
  it.each(['pathway_a.yaml', 'pathway_b.yaml', 'pathway_c.yaml'])('%s: each guard has its row', (name) => {
    const draft = parseDefinition(readFileSync(join(drafts, name), 'utf8')).value as Draft;
    const page = guardsPage([registry.current(draft.id).definition]);
    const prose = draft.transitions.flatMap(({ id, guards }) => guards.map((_, index) => `${id}.${index + 1}`));
    expect(prose.filter((id) => !new RegExp(`^\\| ${id}[a-z]? \\|`, 'mu').test(page))).toEqual([]);
    expect(prose.length).toBeGreaterThan(10);
  });
});
