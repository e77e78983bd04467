import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { Random } from './random.js';
import { coveringWalks } from './walks.js';

const pathways = loadPathways();

describe('walks through a pathway', () => {
  it.each(pathways.all().map((pathway) => [pathway.definition.id, pathway] as const))(
    'take every transition of %s',
    (_, pathway) => {
      const started = performance.now();
      const walks = coveringWalks(pathway, pathways, new Random('1'), '2025-06-02T02:00:00.000Z');
      console.log(performance.now() - started, walks.length, JSON.stringify(walks));
      const taken = new Set(walks.flatMap(({ transitions }) => transitions));
      expect([...taken].sort()).toEqual(pathway.definition.transitions.map(({ id }) => id).sort());
    },
  );
});
