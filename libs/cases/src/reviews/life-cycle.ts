import type { ReviewOutcome, ReviewState } from '#libs/pathways';

/** Which state a review of a decision may move to from which (pathways 1.8). */
const moves: Record<ReviewState, readonly ReviewState[]> = {
  FILED: ['ACKNOWLEDGED'],
  ACKNOWLEDGED: ['UNDER_REVIEW'],
  UNDER_REVIEW: ['UPHELD', 'PARTLY_UPHELD', 'DISMISSED'],
  UPHELD: [],
  PARTLY_UPHELD: ['SECOND_LEVEL'],
  DISMISSED: ['SECOND_LEVEL'],
  SECOND_LEVEL: ['UNDER_REVIEW'],
};

export const reviewOutcomes: readonly ReviewOutcome[] = ['UPHELD', 'PARTLY_UPHELD', 'DISMISSED'];

export function mayMoveReview(from: ReviewState, to: ReviewState): boolean {
  return moves[from].includes(to);
}

/** Whether somebody still has to decide. */
export function isOpen(state: ReviewState): boolean {
  return !reviewOutcomes.some((outcome) => outcome === state);
}
