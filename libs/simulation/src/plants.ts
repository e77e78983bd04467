import { decide, type CaseEvent, type CaseState, type DecideContext } from '#libs/cases';
import type { Decide } from '#libs/demonstration';
import type { Pathway } from '#libs/pathways';

/** The rung that is forgotten where one is skipped. */
const SKIPPED = 3;

/** Faults to put in the place of the core, to see whether the rules of the simulation find them. */
export const plants = {
  /** One rung of every ladder is never reached. */
  'skip-rung': (command, state, context) =>
    changed(decide(command, state, context), (events) => events.filter((event) => !isSkipped(event))),
  /** A panel may be as small as it likes. */
  'no-quorum': (command, state, context) => decide(command, state, withoutQuorum(context)),
  /** A deadline that was paused is due when it would have been without. */
  'lost-pause': (command, state, context) =>
    changed(decide(command, state, context), (events) => events.map((event) => withPauseLost(event, events, state))),
} as const satisfies Record<string, Decide>;

export type Plant = keyof typeof plants;

function changed(outcome: ReturnType<Decide>, change: (events: CaseEvent[]) => CaseEvent[]): ReturnType<Decide> {
  return outcome.ok ? { ok: true, events: change(outcome.events) } : outcome;
}

function isSkipped(event: CaseEvent): boolean {
  return (event.type === 'RungReached' || event.type === 'EscalationRaised') && event.data.rung === SKIPPED;
}

function withoutQuorum(context: DecideContext): DecideContext {
  const loosened = (pathway: Pathway): Pathway => {
    const gates = Object.entries(pathway.definition.gates).map(([id, { quorum, ...gate }]) => [id, gate] as const);
    return { ...pathway, definition: { ...pathway.definition, gates: Object.fromEntries(gates) } };
  };
  return {
    ...context,
    pathway: (key) => {
      const pathway = context.pathway(key);
      return pathway && loosened(pathway);
    },
  };
}

function withPauseLost(event: CaseEvent, events: readonly CaseEvent[], state: CaseState): CaseEvent {
  if (event.type !== 'DeadlineArmed' || state.status === 'none') return event;
  const before = state.deadlines[event.data.replaces ?? ''];
  const resumed = events.some(({ type, data }) => type === 'DeadlineCancelled' && data.because === 'resumed');
  if (before === undefined || !resumed) return event;
  return { ...event, data: { ...event.data, dueAt: before.dueAt, rungs: before.rungs } };
}
