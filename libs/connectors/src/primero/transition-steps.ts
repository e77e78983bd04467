import type { OutgoingRecord } from '#libs/interop';

/** One request that moves a referral in Primero. */
export type TransitionStep = { readonly revoke: true } | { readonly answer: OutgoingRecord };

/**
 * What it takes to bring a referral from the status that Primero has to ours. Primero ignores a step out of turn and
 * answers as if it had taken it, so only steps that are in turn are asked for; where Primero is ahead, none.
 */
export function transitionSteps(theirs: unknown, ours: string, rejectedReason: string | undefined): TransitionStep[] {
  if (theirs === ours) return [];
  if (ours === 'revoked') return [{ revoke: true }];
  const accept: TransitionStep = { answer: { status: 'accepted' } };
  const done: TransitionStep = { answer: { status: 'done' } };
  if (theirs === 'accepted') return ours === 'done' ? [done] : [];
  if (theirs !== 'in_progress') return [];
  if (ours === 'accepted') return [accept];
  if (ours === 'done') return [accept, done];
  if (ours !== 'rejected') return [];
  return [{ answer: { status: 'rejected', rejected_reason: rejectedReason ?? 'OTHER' } }];
}
