import type { PathwayDefinition } from '../definition.js';

/** A Mermaid state diagram: states with their titles, transitions with id and action, in the definition's order. */
export function diagram(definition: PathwayDefinition): string {
  const states = Object.entries(definition.states);
  return [
    '---',
    `title: ${definition.title.en}`,
    '---',
    'stateDiagram-v2',
    ...states.map(([code, state]) => `  ${code} : ${label(state.title.en)}`),
    `  [*] --> ${definition.initial}`,
    ...definition.transitions.flatMap(({ id, from, to, action }) =>
      from.map((state) => `  ${state} --> ${to} : ${id} ${action}`),
    ),
    ...states.filter(([, state]) => state.terminal).map(([code]) => `  ${code} --> [*]`),
    '',
  ].join('\n');
}

/** Colons, semicolons and hashes have a meaning of their own in Mermaid. */
export const label = (text: string): string => text.replaceAll(/[:;#]/g, ',');
