import type { FeedbackChannel, FeedbackGiver } from '#libs/cases';

import { Id, OneOf, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { channels } from '../reviews/review-requests.js';

const givers = ['child', 'caregiver', 'other'] as const satisfies readonly FeedbackGiver[];

export class ReceiveFeedback extends Happened {
  @Id('Id of the feedback; made here when absent', optional)
  feedbackId?: string;

  @OneOf(givers, 'Who gave it')
  by!: FeedbackGiver;

  @OneOf(channels, 'How it came')
  channel!: FeedbackChannel;

  @Words('What was said')
  text!: string;
}

export class AnswerFeedback extends Happened {
  @Words('What was answered')
  text!: string;
}
