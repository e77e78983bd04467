import type { GuardDefinition, PathwayDefinition, TransitionDefinition } from '../definition.js';

/** The kinds of things that a version is made of and that a reviewer asks about one by one. */
export type Part =
  | 'state'
  | 'transition'
  | 'guard'
  | 'document'
  | 'consent'
  | 'fact'
  | 'gate'
  | 'track'
  | 'deadline'
  | 'ladder'
  | 'content'
  | 'alert'
  | 'outcome'
  | 'reason'
  | 'score'
  | 'watchlist'
  | 'other';

/** One thing with the path that names it by code, not by position: `/transitions/A06/guards/A06.1`. */
export interface Element {
  part: Part;
  path: string;
  value: unknown;
}

/** Everything a version consists of. What belongs to a thing of its own is not told twice. */
export function elementsOf(definition: PathwayDefinition): Element[] {
  const { states, facts, outcomes, reasons, scores, gates, tracks, deadlines, content, alerts, watchlists } =
    definition;
  return [
    ...entries('state', '/states', states),
    ...definition.transitions.flatMap(elementsOfTransition),
    ...entries('fact', '/facts', facts),
    ...guards('/factGuards', definition.factGuards),
    ...entries('gate', '/gates', gates),
    ...Object.entries(tracks).flatMap(([id, { enter, ...track }]) => [
      { part: 'track' as const, path: `/tracks/${id}`, value: track },
      ...Object.entries(enter ?? {}).flatMap(([state, each]) => guards(`/tracks/${id}/enter/${state}`, each)),
    ]),
    ...entries('deadline', '/deadlines', deadlines),
    ...content.refusedMediaTypes.map((type) => listed('content', `/content/refusedMediaTypes/${type}`)),
    ...(content.attachments ?? []).map((kind) => listed('content', `/content/attachments/${kind}`)),
    ...(content.refuseLinksInText ? [listed('content', '/content/refuseLinksInText')] : []),
    ...entries('alert', '/alerts', alerts),
    ...entries('outcome', '/outcomes', outcomes),
    ...entries('reason', '/reasons', reasons),
    ...entries('score', '/scores', scores),
    ...entries('watchlist', '/watchlists', watchlists),
    ...(['title', 'initial', 'entries', 'ownsSafety', 'residence', 'facilities', 'carer', 'reports'] as const).flatMap(
      (name) =>
        definition[name] === undefined ? [] : [{ part: 'other' as const, path: `/${name}`, value: definition[name] }],
    ),
  ];
}

function elementsOfTransition({ guards: own, documents, consents, ...transition }: TransitionDefinition): Element[] {
  const path = `/transitions/${transition.id}`;
  return [
    { part: 'transition', path, value: transition },
    ...guards(`${path}/guards`, own),
    ...documents.map((document) => ({
      part: 'document' as const,
      path: `${path}/documents/${document.code}`,
      value: document,
    })),
    ...consents.map((consent) => ({
      part: 'consent' as const,
      path: `${path}/consents/${consent.kind}`,
      value: consent,
    })),
  ];
}

const entries = (part: Part, path: string, table: Readonly<Record<string, unknown>> = {}): Element[] =>
  Object.entries(table).map(([code, value]) => ({ part, path: `${path}/${code}`, value }));

const guards = (path: string, all: readonly GuardDefinition[] = []): Element[] =>
  all.map((guard) => ({ part: 'guard', path: `${path}/${guard.id}`, value: guard }));

const listed = (part: Part, path: string): Element => ({ part, path, value: true });
