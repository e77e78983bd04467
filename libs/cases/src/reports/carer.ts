import type { Pathway } from '#libs/pathways';
import type { KnownCase } from '../state.js';
import { isAmong } from './watchlists.js';

/** The carer of the directory whose place the child takes, as the pathway says when that is. */
export function carerOf(state: KnownCase, pathway: Pathway): string | undefined {
  const { carer } = pathway.definition;
  if (carer === undefined || !isAmong(carer.states, state, pathway)) return undefined;
  const { fact, track } = carer;
  const livesThere = track === undefined || (state.tracks[track.id] ?? []).some((row) => track.in.includes(row.state));
  const named = state.facts[fact];
  return livesThere && typeof named === 'string' ? named : undefined;
}
