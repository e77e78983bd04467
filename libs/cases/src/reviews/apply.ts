import type { ReviewState } from '#libs/pathways';
import type { CaseEvent } from '../events.js';
import type { KnownCase, ReviewStatus, Stamp } from '../state.js';

/** What the event makes of the review's state; undefined when it is about no review. */
export function reviewStateAfter(event: CaseEvent): ReviewState | undefined {
  switch (event.type) {
    case 'ReviewFiled':
      return 'FILED';
    case 'ReviewAcknowledged':
      return 'ACKNOWLEDGED';
    case 'ReviewTakenUp':
      return 'UNDER_REVIEW';
    case 'ReviewDecided':
      return event.data.outcome;
    case 'ReviewSecondLevelRequested':
      return 'SECOND_LEVEL';
    default:
      return undefined;
  }
}

export function applyReviewEvent(state: KnownCase, event: CaseEvent, stamp: Stamp): KnownCase {
  const next = reviewStateAfter(event);
  if (next === undefined || !('reviewId' in event.data)) throw new TypeError(`not a review event: ${event.type}`);
  const { reviewId } = event.data;
  if (event.type === 'ReviewFiled') {
    const { decisionId, gate } = event.data;
    return put(state, { reviewId, decisionId, gate, state: next, level: 1, reviewers: {}, stateAt: stamp.at });
  }
  const review = state.reviews[reviewId];
  if (review === undefined) throw new TypeError('event of an unknown review');
  return put(state, {
    ...review,
    state: next,
    stateAt: stamp.at,
    ...(event.type === 'ReviewTakenUp' ? { reviewers: { ...review.reviewers, [event.data.level]: stamp.by } } : {}),
    ...(event.type === 'ReviewSecondLevelRequested' ? { level: 2 as const } : {}),
  });
}

function put(state: KnownCase, review: ReviewStatus): KnownCase {
  return { ...state, reviews: { ...state.reviews, [review.reviewId]: review } };
}
