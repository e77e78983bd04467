import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { guardsOf, parseDefinition, type TransitionDefinition } from '#libs/pathways';
import { packageRoot } from './package-root.js';
import { loadPathways } from './registry.js';

/** The domain experts' drafts lie beside the repository, where they are available at all. */
const folder = join(dirname(packageRoot()), 'shared', 'domain', 'definitions');

interface DraftTransition {
  id: string;
  from: string[];
  to: string;
  action: string;
  roles: string[];
  docs: string[];
  consents?: string[];
  guards: string[];
  outcome?: string;
}

interface Draft {
  id: string;
  initial: string;
  states: Record<string, { phase: string; terminal?: boolean; reopenable?: boolean }>;
  transitions: DraftTransition[];
  tracks: Record<string, { states: string[] }>;
  deadlines: Record<string, { ladder: string; tag: string }>;
  outcomes: Record<string, string>;
}

const read = (name: string): unknown => parseDefinition(readFileSync(join(folder, name), 'utf8')).value;

const drafts = existsSync(folder)
  ? ['pathway_a.yaml', 'pathway_b.yaml', 'pathway_c.yaml'].map((name) => read(name) as Draft)
  : [];

const whereDrafts = drafts.length > 0 ? describe : describe.skip;

whereDrafts('the definitions hold the drafts whole', () => {
  const registry = loadPathways();
  const table = drafts.map((draft) => [draft.id, draft] as const);

  it('roles, documents, ladders', () => {
    const common = read('common.yaml') as Record<'roles' | 'documents' | 'ladders', object>;
    for (const part of ['roles', 'documents', 'ladders'] as const) {
      expect(Object.keys(registry.common[part])).toEqual(Object.keys(common[part]));
    }
  });

  it.each(table)('%s: states, tracks, outcomes', (id, draft) => {
    const { definition } = registry.current(id);
    expect(definition.initial).toBe(draft.initial);
    expect(phases(definition.states)).toEqual(phases(draft.states));
    expect(tracks(definition.tracks, Object.keys)).toEqual(tracks(draft.tracks, (states) => states));
    expect(Object.keys(definition.outcomes)).toEqual(Object.keys(draft.outcomes));
  });

  it.each(table)('%s: transitions with their roles, papers, consents and decisions', (id, draft) => {
    const { definition } = registry.current(id);
    expect(definition.transitions.map(({ id: step }) => step)).toEqual(draft.transitions.map(({ id: step }) => step));
    draft.transitions.forEach((transition, index) => {
      expect(comparable(definition.transitions[index]!, transition.docs)).toEqual(comparableDraft(transition));
    });
  });

  it.each(table)('%s: every guard in prose', (id, draft) => {
    const guards = guardsOf(registry.current(id)).map((guard) => guard.id);
    const missing = draft.transitions
      .flatMap((transition) => transition.guards.map((_, index) => `${transition.id}.${index + 1}`))
      .filter((prose) => !guards.some((guard) => new RegExp(`^${prose}[a-z]?$`).test(guard)));
    expect(missing).toEqual([]);
  });

  it.each(table)('%s: deadlines with their ladders', (id, draft) => {
    const { definition } = registry.current(id);
    expect(ladders(definition.deadlines)).toEqual(ladders(draft.deadlines));
  });
});

const phases = (states: Draft['states']) =>
  Object.entries(states).map(([code, { phase, terminal, reopenable }]) => [code, phase, terminal, reopenable]);

const tracks = <States>(all: Record<string, { states: States }>, codes: (states: States) => string[]) =>
  Object.entries(all).map(([id, { states }]) => [id, ...codes(states)]);

const ladders = (deadlines: Record<string, { ladder: string; tag: string }>) =>
  Object.entries(deadlines).map(([id, { ladder, tag }]) => [id, ladder, tag]);

/** Papers that only some cases need may be asked for beyond the draft. */
const comparable = (transition: TransitionDefinition, drafted: readonly string[]) => ({
  id: transition.id,
  from: transition.from,
  to: transition.to,
  action: transition.action,
  roles: transition.roles,
  papers: distinct(
    transition.documents
      .filter(({ code, when }) => when === undefined || drafted.includes(code))
      .map(({ code }) => code),
  ),
  consents: transition.consents.map(({ kind }) => kind),
  decision: transition.decision,
});

const distinct = (codes: readonly string[]): string[] => [...new Set(codes)];

const comparableDraft = ({ id, from, to, action, roles, docs, consents = [], outcome }: DraftTransition) => ({
  id,
  from,
  to,
  action,
  roles,
  papers: docs,
  consents,
  decision: outcome,
});
