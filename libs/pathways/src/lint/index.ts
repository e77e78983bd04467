import type { CommonDefinition, PathwayDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';
import { parseDefinition } from '../parse.js';
import { commonShape, pathwayShape } from '../schema/validate.js';
import { lintDeadlines } from './deadlines.js';
import { commonReferences } from './common-references.js';
import { definitionReferences } from './definition-references.js';
import { lintDeadlineSubjects, lintFacilities } from './facilities.js';
import { lintGates } from './gates.js';
import { lintLadders } from './ladders.js';
import { migrationReferences } from './migrations.js';
import { lintReports, reportReferences } from './reports.js';
import { lintStates } from './states.js';
import { lintTexts } from './texts.js';
import { lintTransitions } from './transitions.js';
import { commonVocabulary, danglingReferences, pathwayVocabulary } from './vocabulary.js';

/** Everything wrong with a pathway definition. */
export function lintDefinition(value: unknown, common: CommonDefinition): Finding[] {
  const definition = value as PathwayDefinition;
  return shapeThenMeaning(pathwayShape(value), [
    () => danglingReferences(definitionReferences(definition), pathwayVocabulary(definition, common)),
    () => danglingReferences(reportReferences(definition), pathwayVocabulary(definition, common)),
    () => danglingReferences(migrationReferences(definition), pathwayVocabulary(definition, common)),
    () => lintStates(definition),
    () => lintTransitions(definition),
    () => lintFacts(definition),
    () => lintGates(definition),
    () => lintDeadlines(definition.deadlines),
    () => lintReports(definition),
    () => lintDeadlineSubjects(definition.deadlines),
    () => lintFacilities(definition),
    () => lintTexts(definition),
  ]);
}

/** Everything wrong with the common vocabulary. */
export function lintCommon(value: unknown): Finding[] {
  const common = value as CommonDefinition;
  return shapeThenMeaning(commonShape(value), [
    () => danglingReferences(commonReferences(common), commonVocabulary(common)),
    () => lintLadders(common.ladders),
    () => lintDeadlines(common.deadlines),
    () => lintDeadlineSubjects(common.deadlines),
    () => lintTexts(common),
  ]);
}

/**
 * What the shape gets wrong, and then what the codes mean. Where the shape is wrong, the meaning is looked at as far
 * as it goes, so that one missing key does not hide the other mistakes; nothing more is said about the broken part.
 */
function shapeThenMeaning(shape: readonly Finding[], checks: readonly (() => Finding[])[]): Finding[] {
  if (shape.length === 0) {
    return checks.flatMap((check) => check());
  }
  const broken = shape.map(({ path }) => path);
  const meaning = checks.flatMap(asFarAsItGoes).filter(({ path }) => !broken.some((part) => within(path, part)));
  return [...shape, ...meaning];
}

function asFarAsItGoes(check: () => Finding[]): Finding[] {
  try {
    return check();
  } catch {
    return []; // it tripped over the shape, which has its own finding
  }
}

/** The whole definition is no part of itself: a stray key at its top says nothing about the rest. */
const within = (path: string, part: string): boolean => part !== '' && `${path}/`.startsWith(`${part}/`);

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
