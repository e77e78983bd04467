import type { PathwayDefinition } from '#libs/pathways';
import type { CaseEvent } from '../events.js';
import type { KnownCase } from '../state.js';
import { began, ended, isOpen } from './stay-events.js';

/** A child is held somewhere for as long as a track is in a state of detention. Another place or kind is another stay. */
export function detentionEvents(
  { tracks }: PathwayDefinition,
  event: CaseEvent<'TrackMoved'>,
  state: KnownCase,
): CaseEvent[] {
  const { track, row, to, place } = event.data;
  const detaining = tracks[track]?.detaining ?? [];
  const open = state.stays.find((each) => isOpen(each) && each.held?.track === track && each.held.row === row);
  const isHeld = detaining.includes(to);
  const facility = place ?? (open?.held?.state === to ? open.facility : undefined);
  if (isHeld && open?.held?.state === to && open.facility === facility) return [];
  const held = { track, state: to, ...(row === undefined ? {} : { row }) };
  return [
    ...(open === undefined ? [] : [ended(open, event.occurredAt, event)]),
    ...(isHeld
      ? [began(state, { ...(facility === undefined ? {} : { facility }), held, from: event.occurredAt }, event)]
      : []),
  ];
}
