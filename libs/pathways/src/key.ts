import type { PathwayDefinition } from './definition.js';

/** How a case names the version it is pinned to: `A_OCSEA@1.0.0`. */
export function pathwayKey(definition: Pick<PathwayDefinition, 'id' | 'version'>): string {
  return `${definition.id}@${definition.version}`;
}
