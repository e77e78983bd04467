import type { DeadlineDefinition } from '#libs/pathways';
import type { DecideContext } from '../context.js';
import type { KnownCase } from '../state.js';

/**
 * The deadlines that a case carries: those of every case, and those of its pathway, which may stand in for common ones.
 * Deadlines of facilities are carried by the facility register.
 */
export function deadlineDefinitions(state: KnownCase, context: DecideContext): [string, DeadlineDefinition][] {
  const pathway = state.enrolment === undefined ? undefined : context.pathway(state.enrolment.pathway);
  const own = Object.entries(pathway?.definition.deadlines ?? {}).filter(([, { subject }]) => subject !== 'facility');
  const replaced = new Set(own.map(([, { replaces }]) => replaces));
  return [...Object.entries(context.common.deadlines).filter(([id]) => !replaced.has(id)), ...own];
}
