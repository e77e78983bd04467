import { ageOn, localDateOf } from '#libs/calendar';
import type { FactValue } from '#libs/pathways';
import type { View } from '../context.js';
import type { TrackRow } from '../state.js';
import { entryVersion } from './entry.js';
import type { Evaluators } from './evaluators.js';

/** Conditions on what is known of the case: risk, facts, tracks, age. */
export const factConditions: Evaluators<'risk' | 'riskConfirmed' | 'fact' | 'track' | 'trackRows' | 'age'> = {
  risk: (levels, { state }) => state.risk !== undefined && levels.includes(state.risk.level),
  riskConfirmed: (_, { state }) => state.risk !== undefined && state.risk.version > entryVersion(state),
  fact: ({ name, is, in: options, atLeast, atMost }, { state }) => {
    const value = state.facts[name];
    if (value === undefined) return false;
    if (is !== undefined && value !== is) return false;
    if (options !== undefined && !options.includes(value)) return false;
    return inRange(value, atLeast, atMost);
  },
  track: ({ id, in: states, since }, { state }) =>
    (state.tracks[id] ?? []).some((row) => wasIn(row, states, since, entryVersion(state))),
  trackRows: ({ id, all }, { state }) => {
    const rows = state.tracks[id] ?? [];
    return rows.length > 0 && rows.every((row) => all.includes(row.state));
  },
  age: ({ atLeast, atMost }, view) => {
    const age = ageAt(view);
    return age !== undefined && inRange(age, atLeast, atMost);
  },
};

function inRange(value: FactValue, atLeast: number | undefined, atMost: number | undefined): boolean {
  if (atLeast === undefined && atMost === undefined) return true;
  return typeof value === 'number' && value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

/** `entry` counts the state the row was in when the case's state was entered, and every one since. */
function wasIn(row: TrackRow, states: string[], since: 'entry' | 'ever' | undefined, entry: number): boolean {
  if (since === undefined) return states.includes(row.state);
  if (since === 'ever') return row.history.some(({ state }) => states.includes(state));
  const before = row.history.filter(({ version }) => version <= entry).at(-1);
  const after = row.history.filter(({ version }) => version > entry);
  return [...(before === undefined ? [] : [before]), ...after].some(({ state }) => states.includes(state));
}

/** Unknown where the birth date is unknown, or is said to lie after the day asked about. */
function ageAt({ context, at }: View): number | undefined {
  const day = localDateOf(at, context.calendar.zone);
  return context.birthDate === undefined || context.birthDate > day ? undefined : ageOn(context.birthDate, day);
}
