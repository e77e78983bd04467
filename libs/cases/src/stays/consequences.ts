import type { Pathway } from '#libs/pathways';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { CaseState, KnownCase } from '../state.js';
import { careEvents, leavingEvents } from './care.js';
import { detentionEvents } from './detention.js';

/** Folds events one after the other and adds what each says of where the child lives or is held. */
export function withStays(events: readonly CaseEvent[], before: CaseState, context: DecideContext): CaseEvent[] {
  const all: CaseEvent[] = [];
  let state = before;
  const push = (event: CaseEvent): void => {
    all.push(event);
    state = evolve(state, { event, by: context.actor.id, recordedAt: context.now });
  };
  for (const event of events) {
    push(event);
    if (state.status === 'known') stayEvents(event, state, context).forEach(push);
  }
  return all;
}

function stayEvents(event: CaseEvent, state: KnownCase, context: DecideContext): CaseEvent[] {
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  return pathway === undefined ? [] : eventsIn(pathway, event, state, context);
}

function eventsIn(pathway: Pathway, event: CaseEvent, state: KnownCase, context: DecideContext): CaseEvent[] {
  const { definition } = pathway;
  switch (event.type) {
    case 'CaseEnrolled':
      return careEvents(definition, Object.keys(state.facts), event, state, context);
    case 'FactsRecorded':
      return careEvents(definition, Object.keys(event.data.facts), event, state, context);
    case 'TransitionTaken':
      return leavingEvents(definition, event, state);
    case 'TrackMoved':
      return detentionEvents(definition, event, state);
    default:
      return [];
  }
}
