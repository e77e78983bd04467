import type { GuardDefinition, Pathway, Text } from './definition.js';

/** Kinds of codes that have a text of their own. */
export type TextKind =
  | 'state'
  | 'transition'
  | 'guard'
  | 'gate'
  | 'decision'
  | 'track'
  | 'fact'
  | 'deadline'
  | 'outcome'
  | 'score'
  | 'role'
  | 'document'
  | 'ladder'
  | 'risk'
  | 'exception'
  | 'rejection';

/** The text of a code in both languages; undefined when the pathway has no such code. */
export function textOf({ definition, common }: Pathway, kind: TextKind, code: string): Text | undefined {
  switch (kind) {
    case 'state':
      return definition.states[code]?.title;
    case 'transition':
      return definition.transitions.find(({ id }) => id === code)?.title;
    case 'guard':
      return guardsOf({ definition, common }).find(({ id }) => id === code)?.text;
    case 'gate':
      return definition.gates[code]?.title;
    case 'decision':
      return Object.values(definition.gates).find(({ outcomes }) => code in outcomes)?.outcomes[code];
    case 'track':
      return definition.tracks[code]?.title;
    case 'fact':
      return definition.facts[code]?.title;
    case 'deadline':
      return (definition.deadlines[code] ?? common.deadlines[code])?.title;
    case 'outcome':
      return definition.outcomes[code];
    case 'score':
      return definition.scores[code]?.title;
    case 'role':
      return common.roles[code];
    case 'document':
      return common.documents[code]?.title;
    case 'ladder':
      return common.ladders[code]?.title;
    case 'risk':
      return (common.riskLevels as Record<string, Text>)[code];
    case 'exception':
      return common.exceptions[code];
    case 'rejection':
      return common.rejectionReasons[code];
  }
}

/** All guards of a pathway: those of its transitions, then those of its tracks, then those of its facts. */
export function guardsOf({ definition }: Pathway): GuardDefinition[] {
  return [
    ...definition.transitions.flatMap(({ guards }) => guards),
    ...Object.values(definition.tracks).flatMap(({ enter }) => Object.values(enter ?? {}).flat()),
    ...(definition.factGuards ?? []),
  ];
}
