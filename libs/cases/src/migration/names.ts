import type { CaseEventData, NewNames } from '../events.js';
import type { KnownCase, StayFacts, TrackRow } from '../state.js';

export const renamedState = ({ states }: NewNames, state: string): string => states[state] ?? state;

export const renamedTrackState = ({ tracks }: NewNames, track: string, state: string): string =>
  tracks[track]?.[state] ?? state;

/** What a deadline is called now; undefined when it was given up. */
export const renamedDeadline = ({ deadlines }: NewNames, definition: string): string | undefined =>
  definition in deadlines ? (deadlines[definition] ?? undefined) : definition;

/** The case as the new version calls things. Deadlines follow as events of their own. */
export function underNewNames(state: KnownCase, { to, renamed }: CaseEventData['CaseMigrated']): KnownCase {
  const { enrolment } = state;
  if (enrolment === undefined) throw new TypeError('CaseMigrated before CaseEnrolled');
  const { previousState } = enrolment;
  const stateNow = (code: string) => renamedState(renamed, code);
  return {
    ...state,
    enrolment: {
      ...enrolment,
      pathway: to,
      state: stateNow(enrolment.state),
      previousState: previousState === undefined ? undefined : stateNow(previousState),
      taken: enrolment.taken.map((step) => ({ ...step, from: stateNow(step.from), to: stateNow(step.to) })),
    },
    tracks: Object.fromEntries(
      Object.entries(state.tracks).map(([track, rows]) => [track, rows.map((row) => rowNow(row, track, renamed))]),
    ),
    stays: state.stays.map((stay) => stayNow(stay, renamed)),
  };
}

function rowNow(row: TrackRow, track: string, renamed: NewNames): TrackRow {
  const now = (code: string) => renamedTrackState(renamed, track, code);
  return { ...row, state: now(row.state), history: row.history.map((each) => ({ ...each, state: now(each.state) })) };
}

function stayNow({ held, ...stay }: StayFacts, renamed: NewNames): StayFacts {
  if (held === undefined) return { ...stay, held };
  return { ...stay, held: { ...held, state: renamedTrackState(renamed, held.track, held.state) } };
}
