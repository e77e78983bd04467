import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import type { MigrationMap, PathwayDefinition } from '../definition.js';
import { lintDefinition } from './index.js';
import { lintMigration } from './migrations.js';

const { definition, common } = loadPathways().current('A_OCSEA');
const identity = Object.fromEntries(Object.keys(definition.states).map((state) => [state, state]));

function withMap(map: Partial<MigrationMap>, change: (next: PathwayDefinition) => void = () => undefined) {
  const next = structuredClone(definition);
  next.version = '1.1.0';
  next.migrations = [{ from: '1.0.0', states: identity, ...map }];
  change(next);
  return { own: lintDefinition(next, common), holes: lintMigration(definition, next) };
}

describe('a migration map', () => {
  it('that names every state is sound', () => {
    expect(withMap({})).toEqual({ own: [], holes: [] });
  });

  it('leads to what the new version has', () => {
    const { own } = withMap({
      states: { ...identity, TRIAGE: 'LIMBO' },
      tracks: { HEALTH: { ATTENDED: 'GONE' } },
      deadlines: { DA01: 'DA99' },
      anew: ['DA98'],
    });
    expect(own).toMatchObject([
      { code: 'unknown-state', path: '/migrations/0/states/TRIAGE' },
      { code: 'unknown-track-state', path: '/migrations/0/tracks/HEALTH/ATTENDED' },
      { code: 'unknown-deadline', path: '/migrations/0/deadlines/DA01' },
      { code: 'unknown-deadline', path: '/migrations/0/anew/0' },
    ]);
  });

  it('leaves out no state, no track state that is gone and no deadline that is gone', () => {
    const { TRIAGE: _, ...most } = identity;
    const { holes } = withMap({ states: most }, (next) => {
      delete next.tracks['HEALTH']!.states['DECLINED'];
      delete next.deadlines['DA01'];
    });
    expect(holes.map(({ code, path, message }) => `${code} ${path} ${message.en.split(' of ')[0]}`)).toEqual([
      'migration-unmapped /migrations/0/states TRIAGE',
      'migration-unmapped /migrations/0/tracks HEALTH DECLINED',
      'migration-unmapped /migrations/0/deadlines DA01',
    ]);
  });

  it('speaks of nothing that the earlier version did not have', () => {
    const { holes } = withMap({ states: { ...identity, LIMBO: 'TRIAGE' }, deadlines: { DA77: null } });
    expect(holes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'migration-stray /migrations/0/states/LIMBO',
      'migration-stray /migrations/0/deadlines/DA77',
    ]);
  });

  it('restarts no clock that runs already', () => {
    expect(withMap({ anew: ['DA05'] }).holes).toMatchObject([{ code: 'migration-stray', path: '/migrations/0/anew' }]);
  });
});
