import type { Instant } from '#libs/calendar';
import type { LoadedFacility } from '#libs/case-log';
import type { FacilityRegister, KnownFacility, Stamp } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { ClearFields, Sealer } from '#libs/privacy';
import { deadlineViews } from '../queries/case-view.js';

/** A facility as people read it: codes with their words, and what is sealed as far as it can be opened. */
export type FacilityView = ReturnType<typeof facilityView>;

interface Beside {
  occupancy: number;
  /** Children who wait for a decision; undefined where the facility does not close, and of the past. */
  undecided: number | undefined;
  duplicates: { id: string; code: string; sameVillage: boolean; sameDistrictAndType: boolean }[];
  /** Whether whoever reads may know of allegations: those who work in a facility may not. */
  showsAccusations: boolean;
  now: Instant;
}

export function facilityView(
  id: string,
  state: KnownFacility,
  words: ReadonlyMap<number, ClearFields>,
  { life, deadlines }: FacilityRegister,
  { occupancy, undecided, duplicates, showsAccusations, now }: Beside,
) {
  const textOf = ({ version }: Pick<Stamp, 'version'>, field: string, fieldClass: keyof ClearFields = 'narrative') =>
    (words.get(version)?.[fieldClass]?.[field] as string | undefined) ?? null;
  return {
    id,
    version: state.version,
    code: state.code,
    type: state.type,
    typeTitle: life.types[state.type]?.title ?? null,
    state: state.state,
    stateTitle: life.states[state.state]?.title ?? null,
    stateSince: state.stateSince,
    takesNewChildren: life.states[state.state]?.admits === true,
    province: state.province,
    district: state.district,
    village: state.village ?? null,
    capacity: state.capacity ?? null,
    occupancy,
    reportedChildren: state.reportedChildren ?? null,
    undecidedChildren: undecided ?? null,
    agency: state.agency,
    owner: state.owner ?? null,
    knownSince: state.knownSince,
    closesOn: state.closesOn ?? null,
    synthetic: state.synthetic,
    place: placeIn(words),
    report: textOf({ version: 1 }, 'text'),
    moves: state.moves.map((move) => ({
      from: move.from,
      to: move.to,
      at: move.at,
      by: move.by,
      reasonCode: move.reasonCode ?? null,
      reason: textOf(move, 'reason'),
    })),
    inspections: state.inspections.map((inspection) => ({
      inspectionId: inspection.inspectionId,
      at: inspection.at,
      inspector: inspection.inspector,
      result: inspection.result,
      findings: inspection.findings,
      text: textOf(inspection, 'text'),
      by: inspection.by,
    })),
    accusations: (showsAccusations ? state.accusations : []).map((accusation) => ({
      accusationId: accusation.accusationId,
      at: accusation.at,
      by: accusation.by,
      text: textOf(accusation, 'text', 'perpetrator'),
      cleared:
        accusation.cleared === undefined
          ? null
          : {
              at: accusation.cleared.at,
              by: accusation.cleared.by,
              reason: textOf(accusation.cleared, 'reason', 'perpetrator'),
            },
    })),
    deadlines: deadlineViews(state, deadlines, now),
    possibleDuplicates: duplicates,
  };
}

/** What people wrote, by the version of the event that holds it. */
export async function openWords(
  queries: Queryable,
  sealer: Sealer,
  id: string,
  { stored }: LoadedFacility,
): Promise<Map<number, ClearFields>> {
  const opened = new Map<number, ClearFields>();
  for (const { version, sealed } of stored) {
    if (sealed === null) continue;
    opened.set(version, await sealer.unseal(queries, { personId: id, streamId: id, version }, sealed));
  }
  return opened;
}

/** Name and address as they were last told. */
function placeIn(words: ReadonlyMap<number, ClearFields>): Record<string, unknown> {
  return Object.assign(
    {},
    ...[...words.values()].flatMap(({ identity, location }) => [identity ?? {}, location ?? {}]),
  ) as Record<string, unknown>;
}
