import type { Pathway, ScoreDefinition } from '#libs/pathways';
import type { CaseCommandData } from '../commands.js';
import type { Unmet } from '../refusal.js';
import { unmet } from '../texts.js';

type Scores = CaseCommandData['RecordDocument']['scores'];

/** Points that no scored assessment of the pathway asks for, or that lie outside its scale. */
export function scoreProblems(document: string, scores: Scores, pathway: Pathway | undefined): Unmet[] {
  if (scores === undefined) return [];
  const definition = Object.values(pathway?.definition.scores ?? {}).find((score) => score.document === document);
  if (definition === undefined) return [unmet('FieldInvalid', 'scores')];
  return Object.entries(scores).flatMap(([part, items]) =>
    Object.entries(items)
      .filter(([item, points]) => !isOnScale(definition, part, item, points))
      .map(() => unmet('FieldInvalid', `scores.${definition.parts[part] === undefined ? 'unknown' : part}`)),
  );
}

function isOnScale({ parts, minimum, maximum }: ScoreDefinition, part: string, item: string, points: number): boolean {
  return parts[part]?.items[item] !== undefined && Number.isInteger(points) && points >= minimum && points <= maximum;
}
