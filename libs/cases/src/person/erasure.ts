import { supervises } from '../commands/supervisors.js';
import type { Unmet } from '../refusal.js';
import { unmet } from '../texts.js';
import type { PersonContext } from './context.js';
import { accept, reasonProblem, refuse, when, type PersonOutcome } from './outcome.js';
import type { PersonCommand, PersonState } from './person.js';

/** A proposal takes the place of one that nobody has agreed to. */
export function proposeErasure(
  command: PersonCommand<'ProposeErasure'>,
  _: PersonState,
  context: PersonContext,
): PersonOutcome {
  const { erasureId, because, reason } = command.data;
  const problems = [...mayErase(context), ...reasonProblem(reason)];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({
    type: 'ErasureProposed',
    data: { erasureId, because },
    sealed: { narrative: { reason } },
    ...when(command),
  });
}

export function withdrawErasure(
  command: PersonCommand<'WithdrawErasure'>,
  { erasure }: PersonState,
  { actor }: PersonContext,
): PersonOutcome {
  const { erasureId, reason } = command.data;
  if (erasure?.erasureId !== erasureId) return refuse('unknown', unmet('NotFound', 'erasureId'));
  const problems = [...(supervises(actor) ? [] : [unmet('RoleNotAllowed', 'person')]), ...reasonProblem(reason)];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({
    type: 'ErasureWithdrawn',
    data: { erasureId },
    sealed: { narrative: { reason } },
    ...when(command),
  });
}

/** What can't be undone takes a second person (GR-2P). */
export function approveErasure(
  command: PersonCommand<'ApproveErasure'>,
  { erasure }: PersonState,
  context: PersonContext,
): PersonOutcome {
  const { erasureId } = command.data;
  if (erasure?.erasureId !== erasureId) return refuse('unknown', unmet('NotFound', 'erasureId'));
  const problems = [
    ...mayErase(context),
    ...(erasure.by === context.actor.id ? [unmet('TwoPersonRule', 'erasureId')] : []),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({ type: 'ChildErased', data: { erasureId }, sealed: {}, ...when(command) });
}

/** Nobody is forgotten while somebody still answers for them. */
function mayErase({ actor, cases }: PersonContext): Unmet[] {
  return [
    ...(supervises(actor) ? [] : [unmet('RoleNotAllowed', 'person')]),
    ...(cases.some(({ ended }) => !ended) ? [unmet('CaseOpen', 'person')] : []),
  ];
}
