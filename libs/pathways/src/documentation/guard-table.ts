import type { GuardDefinition, PathwayDefinition } from '../definition.js';
import { inWords } from './condition-words.js';
import { generated } from './generated.js';
import { table } from './table.js';

/** Every guard of a definition, how it is satisfied and by whom; then those on what may be recorded as a fact. */
export function guardTable(definition: PathwayDefinition): string {
  return table(
    ['Step', 'Guard', 'What the worker reads', 'Applies', 'Check', 'Attested by'],
    guardsOfSteps(definition).map(([step, guard]) => row(step, guard)),
  );
}

/**
 * Every guard of every pathway and what stands for it: a check that the program makes, the declaration of a named person,
 * or either. None is words alone.
 */
export function guardsPage(definitions: readonly PathwayDefinition[]): string {
  return [
    generated,
    '# Guards',
    'What a guard asks for is checked by the program or attested by a named person with a reason; no guard is words alone.',
    table(
      ['Pathway', 'Guards', 'Checked', 'Attested', 'Either'],
      definitions.map((definition) => [definition.id, ...counts(definition)]),
    ),
    ...definitions.flatMap((definition) => [`## ${definition.title.en}`, traces(definition)]),
  ].join('\n\n');
}

function counts(definition: PathwayDefinition): string[] {
  const all = guardsOfSteps(definition).map(([, guard]) => standsFor(guard));
  return [
    all.length,
    ...['check', 'attestation', 'either'].map((kind) => all.filter((each) => each === kind).length),
  ].map(String);
}

function traces(definition: PathwayDefinition): string {
  return table(
    ['Guard', 'Step', 'In words', 'Stands for it', 'Check'],
    guardsOfSteps(definition).map(([step, guard]) => [
      guard.id,
      step,
      guard.text.en,
      standsFor(guard),
      guard.check === undefined ? '' : inWords(guard.check),
    ]),
  );
}

function standsFor({ check, attestation }: GuardDefinition): 'check' | 'attestation' | 'either' {
  if (check === undefined) return 'attestation';
  return attestation === undefined ? 'check' : 'either';
}

function guardsOfSteps(definition: PathwayDefinition): [step: string, guard: GuardDefinition][] {
  return [
    ...definition.transitions.flatMap(({ id, guards }) =>
      guards.map((guard) => [id, guard] as [string, GuardDefinition]),
    ),
    ...Object.entries(definition.tracks).flatMap(([track, { enter = {} }]) =>
      Object.entries(enter).flatMap(([state, guards]) =>
        guards.map((guard) => [`${track} → ${state}`, guard] as [string, GuardDefinition]),
      ),
    ),
    ...(definition.factGuards ?? []).map((guard) => [guard.facts.join(', '), guard] as [string, GuardDefinition]),
  ];
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
