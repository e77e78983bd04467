import type { CommonDefinition, PathwayDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';
import { parseDefinition } from '../parse.js';
import { commonShape, pathwayShape } from '../schema/validate.js';
import { lintDeadlines } from './deadlines.js';
import { deadlinesReferences, definitionReferences } from './definition-references.js';
import { ladderReferences, lintLadders } from './ladders.js';
import { lintStates } from './states.js';
import { lintTexts } from './texts.js';
import { lintTransitions } from './transitions.js';
import { commonVocabulary, danglingReferences, pathwayVocabulary } from './vocabulary.js';

/** Everything wrong with a pathway definition. What it means is looked at only once its shape is right. */
export function lintDefinition(value: unknown, common: CommonDefinition): Finding[] {
  const shape = pathwayShape(value);
  return shape.length > 0 ? shape : lintMeaning(value as PathwayDefinition, common);
}

function lintMeaning(definition: PathwayDefinition, common: CommonDefinition): Finding[] {
  return [
    ...danglingReferences(definitionReferences(definition), pathwayVocabulary(definition, common)),
    ...lintStates(definition),
    ...lintTransitions(definition),
    ...lintFacts(definition),
    ...lintDeadlines(definition.deadlines),
    ...lintTexts(definition),
  ];
}

/** Everything wrong with the common vocabulary. */
export function lintCommon(value: unknown): Finding[] {
  const shape = commonShape(value);
  if (shape.length > 0) {
    return shape;
  }
  const common = value as CommonDefinition;
  const references = [...ladderReferences(common.ladders), ...deadlinesReferences(common.deadlines)];
  return [
    ...danglingReferences(references, commonVocabulary(common)),
    ...lintLadders(common.ladders),
    ...lintDeadlines(common.deadlines),
    ...lintTexts(common),
  ];
}

function lintFacts({ facts }: PathwayDefinition): Finding[] {
  return Object.entries(facts)
    .filter(([, fact]) => fact.type === 'code' && fact.options === undefined)
    .map(([name]) => error('fact-without-options', `/facts/${name}`, `${name} is a code without options`));
}

/** A source text read and judged. `definition` is there exactly when no finding is an error. */
export interface Judged<Definition> {
  definition: Definition | undefined;
  findings: Finding[];
}

/** Reads and lints the YAML text of a pathway; findings carry their lines. */
export function readPathway(text: string, common: CommonDefinition): Judged<PathwayDefinition> {
  return judge<PathwayDefinition>(text, (value) => lintDefinition(value, common));
}

/** Reads and lints the YAML text of the common vocabulary; findings carry their lines. */
export function readCommon(text: string): Judged<CommonDefinition> {
  return judge<CommonDefinition>(text, lintCommon);
}

function judge<Definition>(text: string, lint: (value: unknown) => Finding[]): Judged<Definition> {
  const source = parseDefinition(text);
  const findings =
    source.findings.length > 0
      ? source.findings
      : lint(source.value).map((finding) => {
          const line = source.lineOf(finding.path);
          return line === undefined ? finding : { ...finding, line };
        });
  const refused = findings.some(({ severity }) => severity === 'error');
  return { definition: refused ? undefined : (source.value as Definition), findings };
}
