import type { GuardDefinition, PathwayDefinition } from '../definition.js';
import { inWords } from './condition-words.js';
import { table } from './table.js';

/** Every guard of a definition, how it is satisfied and by whom; then those on what may be recorded as a fact. */
export function guardTable(definition: PathwayDefinition): string {
  const ofTransitions = definition.transitions.flatMap(({ id, guards }) => guards.map((guard) => row(id, guard)));
  const ofTracks = Object.entries(definition.tracks).flatMap(([track, { enter }]) =>
    Object.entries(enter ?? {}).flatMap(([state, guards]) => guards.map((guard) => row(`${track} → ${state}`, guard))),
  );
  const ofFacts = (definition.factGuards ?? []).map((guard) => row(guard.facts.join(', '), guard));
  return table(
    ['Step', 'Guard', 'What the worker reads', 'Applies', 'Check', 'Attested by'],
    [...ofTransitions, ...ofTracks, ...ofFacts],
  );
}

function row(step: string, { id, text, when, check, attestation, tryFirst }: GuardDefinition): string[] {
  return [
    step,
    id,
    tryFirst === undefined ? text.en : `${text.en} (${Object.keys(tryFirst).join(', ')})`,
    when === undefined ? 'always' : `when ${inWords(when)}`,
    check === undefined ? '' : inWords(check),
    attestation === undefined ? '' : (attestation.roles?.join(', ') ?? 'whoever takes the step'),
  ];
}
