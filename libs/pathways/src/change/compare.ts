import type { LadderDefinition, Pathway } from '../definition.js';
import type { Change } from './change.js';
import { elementsOf, type Element } from './elements.js';
import { isSafetyChange } from './safety.js';
import { isSame } from './same.js';

/** All that is different, in the order of the newer version; what was removed comes last. */
export function compareVersions(previous: Pathway, next: Pathway): Change[] {
  const [before, after] = [byPath(previous), byPath(next)];
  const changes: Change[] = [];
  for (const [path, { part, value }] of after) {
    const old = before.get(path);
    if (old === undefined) changes.push({ kind: 'added', part, path, safety: false, after: value });
    else if (!isSame(old.value, value)) {
      changes.push({ kind: 'changed', part, path, safety: false, before: old.value, after: value });
    }
  }
  for (const [path, { part, value }] of before) {
    if (!after.has(path)) changes.push({ kind: 'removed', part, path, safety: false, before: value });
  }
  return changes.map((change) => ({ ...change, safety: isSafetyChange(change, previous.definition) }));
}

/** The same document may be asked for twice, on different conditions: both together are what stands at its path. */
function byPath({ definition, common }: Pathway): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const element of [...elementsOf(definition), ...laddersOf(common.ladders)]) {
    const there = found.get(element.path);
    found.set(element.path, there === undefined ? element : { ...element, value: [there.value, element.value].flat() });
  }
  return found;
}

const laddersOf = (ladders: Record<string, LadderDefinition>): Element[] =>
  Object.entries(ladders).map(([id, value]) => ({ part: 'ladder', path: `/ladders/${id}`, value }));
