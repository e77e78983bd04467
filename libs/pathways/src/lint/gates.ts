import type { PathwayDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';

/** No outcome without words for the child: a decision that is not told in plain words is no notice (pathways GR-LANG). */
export function lintGates({ gates }: PathwayDefinition): Finding[] {
  return Object.entries(gates).flatMap(([id, { outcomes, notices }]) =>
    Object.keys(outcomes)
      .filter((outcome) => notices[outcome] === undefined)
      .map((outcome) =>
        error('notice-missing', `/gates/${id}/notices`, `${outcome} has no notice in plain words for the child`),
      ),
  );
}
