import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { Random } from './random.js';
import { coveringWalks } from './walks.js';

const pathways = loadPathways();

describe('walks through a pathway', () => {
  it.each(pathways.all().map((pathway) => [pathway.definition.id, pathway] as const))(
    'take every transition of %s between them, each from where the one before led',
    (_, pathway) => {
      const walks = coveringWalks(pathway, pathways, new Random('1'), '2025-06-02T02:00:00.000Z');
      const { transitions, initial } = pathway.definition;
      for (const walk of walks) {
        let state = initial;
        for (const id of walk.transitions) {
          const transition = transitions.find((each) => each.id === id);
          expect(transition?.from).toContain(state);
          state = transition?.to ?? '';
        }
      }
      const taken = new Set(walks.flatMap((walk) => walk.transitions));
      expect([...taken].sort()).toEqual(transitions.map(({ id }) => id).sort());
    },
  );
});
