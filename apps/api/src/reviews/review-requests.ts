import type { FeedbackChannel, ReviewFiler } from '#libs/cases';
import type { ReviewOutcome } from '#libs/pathways';

import { Code, Flag, Id, OneOf, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const filers = ['child', 'caregiver', 'lawyer', 'ngo', 'facility'] as const satisfies readonly ReviewFiler[];
export const channels = ['voice', 'paper', 'helpline', 'feedback'] as const satisfies readonly FeedbackChannel[];
const outcomes = ['UPHELD', 'PARTLY_UPHELD', 'DISMISSED'] as const satisfies readonly ReviewOutcome[];

export class FileReview extends Happened {
  @Id('Id of the review; made here when absent', optional)
  reviewId?: string;

  @OneOf(filers, 'Who asks for it')
  by!: ReviewFiler;

  @OneOf(channels, 'How it was asked for')
  channel!: FeedbackChannel;

  @Code('Which caregiver asks, where the case tells them apart', optional)
  who?: string;

  @Words('What was said', optional)
  text?: string;
}

/** The step needs nothing said. */
export class MoveReview extends Happened {}

export class DecideReview extends Happened {
  @OneOf(outcomes, 'What came of it')
  outcome!: ReviewOutcome;

  @Words('Why')
  reasons!: string;

  @Flag('Whether who asked was told, in words that a child understands')
  noticeGiven!: boolean;
}

export class RequestSecondLevel extends Happened {
  @OneOf(filers, 'Who asks for it')
  by!: ReviewFiler;

  @OneOf(channels, 'How it was asked for')
  channel!: FeedbackChannel;

  @Words('What was said', optional)
  text?: string;
}
