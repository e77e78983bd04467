import type { Instant } from '#libs/calendar';
import type { Actor, DeadlineStatus } from '#libs/cases';
import type { Condition, ConditionBody, ConditionKey, TransitionDefinition } from '#libs/pathways';
import type { Rehearsal } from './rehearsal.js';

/** A step as somebody is filling it in. */
export interface Attempt {
  readonly transition: TransitionDefinition;
  actor: Actor;
  reasonCode?: string;
  reason?: string;
  outcome?: string;
  assignee?: { owner: string; agency: string };
  attestations: { guard: string; reason: string }[];
}

/** What people can do about a case: everything that makes a condition true or false. */
export interface Scene {
  readonly rehearsal: Rehearsal;
  /** The step that is being prepared; absent when people just go about their duties. */
  readonly attempt?: Attempt | undefined;
  /** @throws Impossible */
  satisfy(condition: Condition, wanted: boolean): void;
  /** Lets time pass, with all that happens in it. @throws Impossible */
  passTo(moment: Instant): void;
  /** @throws Impossible when a guard of the track stands against it. */
  moveTrack(track: string, to: string, row?: string): void;
  /** Does what the deadline waits for. @throws Impossible when only a step of the case would end it. */
  answer(deadline: DeadlineStatus): void;
}

/** One function for each condition: it makes the condition true, or false where that is wanted. */
export type Satisfiers<Key extends ConditionKey> = {
  [K in Key]: (body: ConditionBody<K>, scene: Scene, wanted: boolean) => void;
};
