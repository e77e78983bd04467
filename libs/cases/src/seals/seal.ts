import type { Instant } from '#libs/calendar';
import type { Pathway, SealingRule } from '#libs/pathways';
import type { KnownCase } from '../state.js';

/** What closes the record of a case, when it has been closed (GR-SEAL); undefined while it is open. */
export function sealOf(state: KnownCase, pathway: Pathway | undefined): SealingRule | undefined {
  const sealing = pathway?.definition.content.sealing;
  return sealing !== undefined && state.facts[sealing.fact] !== undefined ? sealing : undefined;
}

/** Whether the seal holds at a moment: a court order opens it for a while. */
export const isSealed = (state: KnownCase, pathway: Pathway | undefined, now: Instant): boolean =>
  sealOf(state, pathway) !== undefined && (state.unsealedUntil === undefined || state.unsealedUntil <= now);

/** The case as it is shown once its record is sealed: nothing but what the definition keeps open. */
export function behindSeal(state: KnownCase, { keeps }: SealingRule): KnownCase {
  const { enrolment } = state;
  return {
    ...state,
    enrolment: enrolment && { ...enrolment, entryReason: undefined, taken: [] },
    facts: kept(state.facts, keeps.facts),
    tracks: kept(state.tracks, keeps.tracks),
    documents: state.documents.filter(({ code }) => keeps.documents.includes(code)),
    decisions: [],
    attestations: [],
    notes: [],
    contacts: [],
    reviews: {},
    exceptions: [],
    alerts: [],
    stays: [],
    deadlines: Object.fromEntries(
      Object.entries(state.deadlines).filter(([, { definition }]) => keeps.deadlines.includes(definition)),
    ),
  };
}

const kept = <Value>(all: Record<string, Value>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
