import { overlayVersion, partsOfKey, type MigrationMap, type Pathway } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent, NewNames } from '../events.js';
import { afterwards } from '../evolve.js';
import { renamedState, renamedTrackState } from '../migration/names.js';
import { reconciled } from '../migration/reconcile.js';
import { retold } from '../migration/replay.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import type { Enrolment, KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';

/** Who answers for which law holds for a case. */
const MIGRATORS = ['MOSVY_CPD'];

/**
 * Moves a case to another version of its pathway, as the map of that version says: states, tracks and deadlines get their
 * new names, and the deadlines are worked out anew from all that happened (pathways 1.9).
 */
export function migrateCase(command: CaseCommand<'MigrateCase'>, state: KnownCase, context: DecideContext): Outcome {
  const { to, reason } = command.data;
  const { enrolment } = state;
  const next = context.pathway(to);
  if (next === undefined) return unknown(unmet('NotFound', 'to', to));
  if (enrolment === undefined) return conflict(unmet('WrongState', 'enrolment'));
  if (enrolment.pathway === to) return accepted();
  const map = mapFrom(enrolment.pathway, next);
  const problems = [
    ...(context.actor.roles.some((role) => MIGRATORS.includes(role)) ? [] : [unmet('RoleNotAllowed', 'MigrateCase')]),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
    ...(map === undefined ? [unmet('MapMissing', enrolment.pathway)] : withoutPlace(state, enrolment, map, next)),
  ];
  if (map === undefined || problems.length > 0) return refused(...problems);
  return accepted(...moved(command, state, enrolment, map, next, context));
}

/** Between overlays of one version nothing has another name, and no map is needed. */
function mapFrom(key: string, { definition }: Pathway): MigrationMap | undefined {
  const { id, version = '' } = partsOfKey(key);
  if (id !== definition.id) return undefined;
  const [from, to] = [baseOf(version), baseOf(definition.version)];
  if (from !== to) return definition.migrations?.find((map) => map.from === from);
  return { from, states: Object.fromEntries(Object.keys(definition.states).map((state) => [state, state])) };
}

const baseOf = (version: string): string => overlayVersion(version)?.base ?? version;

/** Where the case stands that the new version has no place for. */
function withoutPlace(state: KnownCase, enrolment: Enrolment, map: MigrationMap, { definition }: Pathway): Unmet[] {
  const names = newNames(map);
  const held = enrolment.previousState === undefined ? [] : [enrolment.previousState];
  const tracks = Object.entries(state.tracks).flatMap(([track, rows]) =>
    rows
      .filter((row) => !(renamedTrackState(names, track, row.state) in (definition.tracks[track]?.states ?? {})))
      .map((row) => unmet('NotMapped', `${track} ${row.state}`)),
  );
  const states = [enrolment.state, ...held].filter((code) => !((map.states[code] ?? '') in definition.states));
  return [...states.map((code) => unmet('NotMapped', code)), ...tracks];
}

function moved(
  command: CaseCommand<'MigrateCase'>,
  state: KnownCase,
  enrolment: Enrolment,
  map: MigrationMap,
  next: Pathway,
  context: DecideContext,
): CaseEvent[] {
  const { actor, now, history } = context;
  if (history === undefined) throw new TypeError('a case is moved with its history at hand');
  const renamed = newNames(map);
  const facts: CaseEvent[] = [
    {
      type: 'CaseMigrated',
      data: {
        from: enrolment.pathway,
        to: command.data.to,
        state: { from: enrolment.state, to: renamedState(renamed, enrolment.state) },
        renamed,
        anew: map.anew ?? [],
      },
      sealed: { narrative: { reason: command.data.reason } },
      ...whenOf(command),
    },
    ...newTracks(state, next, command),
  ];
  const recorded = facts.map((event) => ({ event, by: actor.id, recordedAt: now }));
  const under = { ...context, common: next.common }; // an overlay has ladders of its own
  const wanted = retold([...history, ...recorded], under);
  return [...facts, ...reconciled(afterwards(facts, state, context), wanted, renamed, under)];
}

/** A track that begins with the case begins with the version that brings it. */
function newTracks({ tracks }: KnownCase, { definition }: Pathway, command: CaseCommand<'MigrateCase'>): CaseEvent[] {
  return Object.entries(definition.tracks).flatMap(([track, { initial }]) =>
    initial === undefined || tracks[track] !== undefined
      ? []
      : [{ type: 'TrackMoved' as const, data: { track, to: initial }, ...whenOf(command) }],
  );
}

function newNames({ states, tracks = {}, deadlines = {} }: MigrationMap): NewNames {
  return { states: Object.fromEntries(Object.entries(states).filter(([from, to]) => from !== to)), tracks, deadlines };
}
