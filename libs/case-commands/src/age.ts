import type { PathwayDefinition } from '#libs/pathways';

const known = new WeakMap<PathwayDefinition, boolean>();

/** Whether any rule of the pathway asks how old the child is. */
export function dependsOnAge(definition: PathwayDefinition): boolean {
  const remembered = known.get(definition);
  if (remembered !== undefined) return remembered;
  const depends = asksForAge([definition.transitions, definition.deadlines, definition.tracks]);
  known.set(definition, depends);
  return depends;
}

function asksForAge(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('birthday:');
  if (typeof value !== 'object' || value === null) return false;
  return 'age' in value || 'birthday' in value || Object.values(value).some(asksForAge);
}
