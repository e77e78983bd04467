import type { CommonDefinition, FactDefinition, PathwayDefinition } from '../definition.js';
import { facilityDates } from '../facilities.js';
import { error, type Finding, type ReferenceKind } from '../finding.js';
import type { Reference } from './reference.js';

/** Decides, for each kind of reference, whether its code exists. */
export type Vocabulary = Record<ReferenceKind, (reference: Reference) => boolean>;

/** What a pathway may refer to: its own codes and the common ones. */
export function pathwayVocabulary(definition: PathwayDefinition, common: CommonDefinition): Vocabulary {
  const transitions = new Set(definition.transitions.map(({ id }) => id));
  const outcomes = new Set(Object.values(definition.gates).flatMap((gate) => Object.keys(gate.outcomes)));
  const reasons = new Set(Object.values(definition.reasons).flatMap((list) => Object.keys(list)));
  const { facts, tracks } = definition;
  return {
    ...commonVocabulary(common),
    state: ({ name }) => name in definition.states,
    transition: ({ name }) => transitions.has(name),
    fact: ({ name }) => name in facts,
    'fact-time': ({ name }) => ['date', 'instant'].includes(facts[name]?.type ?? ''),
    'fact-value': ({ name, of }) => mayHold(facts[of ?? ''], name),
    track: ({ name }) => name in tracks,
    'track-state': ({ name, of }) => name in (tracks[of ?? '']?.states ?? {}),
    gate: ({ name }) => name in definition.gates,
    'gate-outcome': ({ name, of }) => name in (definition.gates[of ?? '']?.outcomes ?? {}),
    'gate-option': ({ name, of }) => name in (definition.gates[of ?? '']?.options ?? {}),
    decision: ({ name }) => outcomes.has(name),
    'reason-list': ({ name }) => name in definition.reasons,
    reason: ({ name, of }) => (of === undefined ? reasons.has(name) : name in (definition.reasons[of] ?? {})),
    deadline: ({ name }) => name in definition.deadlines || name in common.deadlines,
    score: ({ name }) => name in definition.scores,
    'facility-state': ({ name }) => name in (definition.facilities?.states ?? {}),
    'facility-type': ({ name }) => name in (definition.facilities?.types ?? {}),
    'facility-date': ({ name }) => (facilityDates as readonly string[]).includes(name),
  };
}

/** What the common vocabulary itself may refer to: nothing of any one pathway. */
export function commonVocabulary(common: CommonDefinition): Vocabulary {
  const labelled =
    (list: string) =>
    ({ name }: Reference): boolean =>
      name in (common.labels[list] ?? {});
  const no = (): boolean => false;
  return {
    role: ({ name }) => name in common.roles,
    document: ({ name }) => name in common.documents,
    consent: ({ name }) => common.documents[name]?.kind === 'consent',
    exception: ({ name }) => name in common.exceptions,
    ladder: ({ name }) => name in common.ladders,
    'common-deadline': ({ name }) => name in common.deadlines,
    deadline: ({ name }) => name in common.deadlines,
    'note-kind': labelled('noteKinds'),
    'person-flag': ({ name }) => name in common.personFlags,
    'ladder-action': labelled('ladderActions'),
    'ladder-record': labelled('ladderRecords'),
    state: no,
    transition: no,
    fact: no,
    'fact-time': no,
    'fact-value': no,
    track: no,
    'track-state': no,
    gate: no,
    'gate-outcome': no,
    'gate-option': no,
    decision: no,
    'reason-list': no,
    reason: no,
    score: no,
    'facility-state': no,
    'facility-type': no,
    'facility-date': no,
  };
}

function mayHold(fact: FactDefinition | undefined, value: string): boolean {
  switch (fact?.type) {
    case undefined:
      return false;
    case 'code':
      return value in (fact.options ?? {});
    case 'boolean':
      return ['true', 'false'].includes(value);
    case 'integer':
      return Number.isInteger(Number(value));
    default:
      return true;
  }
}

/** A finding for every reference to something that does not exist. */
export function danglingReferences(references: readonly Reference[], vocabulary: Vocabulary): Finding[] {
  return references
    .filter((reference) => !vocabulary[reference.kind](reference))
    .map(({ kind, name, of, path }) =>
      error(`unknown-${kind}`, path, `"${name}" is no ${spoken[kind]}${of === undefined ? '' : ` of ${of}`}`),
    );
}

const spoken: Record<ReferenceKind, string> = {
  role: 'role',
  document: 'document',
  consent: 'document of kind consent',
  state: 'state of this pathway',
  transition: 'transition of this pathway',
  fact: 'fact of this pathway',
  'fact-time': 'fact of this pathway that holds a date or an instant',
  'fact-value': 'value',
  track: 'track of this pathway',
  'track-state': 'state',
  gate: 'gate of this pathway',
  'gate-outcome': 'outcome',
  'gate-option': 'option',
  decision: 'outcome of a gate of this pathway',
  'reason-list': 'list of reasons of this pathway',
  reason: 'reason',
  deadline: 'deadline of this pathway or a common one',
  'common-deadline': 'common deadline',
  ladder: 'ladder',
  score: 'score of this pathway',
  'facility-state': 'state of a facility',
  exception: 'exception from guardian consent (exceptions of the common vocabulary)',
  'person-flag': "flag of a child's own record",
  'facility-type': 'kind of facility',
  'facility-date': 'date that the register keeps of a facility',
  'note-kind': 'kind of note (list noteKinds of the common labels)',
  'ladder-action': 'action of a ladder (list ladderActions of the common labels)',
  'ladder-record': 'record of a ladder (list ladderRecords of the common labels)',
};
