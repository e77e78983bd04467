import type { CaseEvent } from '../events.js';
import type { CaseHappening } from '../deadlines/case-triggers.js';
import { caseWatching } from '../deadlines/case-watching.js';
import { hitBy } from '../deadlines/triggers.js';

/** Moves of tracks that follow from an event: a service that is owed is opened without waiting for anybody. */
export function openings(happening: CaseHappening): CaseEvent<'TrackMoved'>[] {
  const { after, context } = happening;
  const pathway = after.enrolment && context.pathway(after.enrolment.pathway);
  return Object.entries(pathway?.definition.tracks ?? {}).flatMap(([track, { opens = [] }]) => {
    const present = after.tracks[track]?.[0]?.state;
    const opening = opens.find(
      ({ on, from }) =>
        (present === undefined ? from === undefined : from?.includes(present) === true) &&
        hitBy(on, caseWatching, happening) !== undefined,
    );
    if (opening === undefined) return [];
    return [
      {
        type: 'TrackMoved',
        data: { track, to: opening.to, ...(present === undefined ? {} : { from: present }), byRule: true },
        occurredAt: happening.event.occurredAt,
        precision: happening.event.precision,
      },
    ];
  });
}
