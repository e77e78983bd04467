import type { PathwayDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';
import type { MigrationMap } from '../migration-map.js';
import { each, one, type Reference } from './reference.js';

/** What the maps of a version lead to: codes of this version. */
export function migrationReferences({ migrations = [] }: PathwayDefinition): Reference[] {
  return migrations.flatMap(({ states, tracks = {}, deadlines = {}, anew }, index) => {
    const path = `/migrations/${index}`;
    return [
      ...Object.entries(states).map(([from, to]) => one('state', to, `${path}/states/${from}`)),
      ...Object.entries(tracks).flatMap(([track, renamed]) => [
        one('track', track, `${path}/tracks/${track}`),
        ...Object.entries(renamed).map(([from, to]) =>
          one('track-state', to, `${path}/tracks/${track}/${from}`, track),
        ),
      ]),
      ...Object.entries(deadlines).flatMap(([from, to]) =>
        to === null ? [] : [one('deadline', to, `${path}/deadlines/${from}`)],
      ),
      ...each('deadline', anew, `${path}/anew`),
    ];
  });
}

/**
 * The map from the version before leaves nothing out: each of its states has a place, and every track state and deadline
 * that is gone is accounted for. A version without such a map is sound; cases then stay where they are.
 */
export function lintMigration(previous: PathwayDefinition, next: PathwayDefinition): Finding[] {
  return (next.migrations ?? []).flatMap((map, index) =>
    map.from === previous.version ? holes(map, `/migrations/${index}`, previous, next) : [],
  );
}

function holes(map: MigrationMap, path: string, previous: PathwayDefinition, next: PathwayDefinition): Finding[] {
  const { states, tracks = {}, deadlines = {}, anew = [] } = map;
  const unmapped = (code: string, where: string): Finding =>
    error(
      'migration-unmapped',
      where,
      `${code} of version ${previous.version} has no place in version ${next.version}`,
    );
  return [
    ...Object.keys(previous.states)
      .filter((code) => !(code in states))
      .map((code) => unmapped(code, `${path}/states`)),
    ...Object.entries(previous.tracks).flatMap(([track, before]) =>
      Object.keys(before.states)
        .filter((code) => !(code in (next.tracks[track]?.states ?? {})) && !(code in (tracks[track] ?? {})))
        .map((code) => unmapped(`${track} ${code}`, `${path}/tracks`)),
    ),
    ...Object.keys(previous.deadlines)
      .filter((id) => !(id in next.deadlines) && !(id in deadlines))
      .map((id) => unmapped(id, `${path}/deadlines`)),
    ...Object.keys(states)
      .filter((code) => !(code in previous.states))
      .map((code) => error('migration-stray', `${path}/states/${code}`, `${code} is no state of ${previous.version}`)),
    ...Object.keys(deadlines)
      .filter((id) => !(id in previous.deadlines))
      .map((id) => error('migration-stray', `${path}/deadlines/${id}`, `${id} is no deadline of ${previous.version}`)),
    ...anew
      .filter((id) => id in previous.deadlines || Object.values(deadlines).includes(id))
      .map((id) => error('migration-stray', `${path}/anew`, `${id} runs already; it does not count anew`)),
  ];
}
