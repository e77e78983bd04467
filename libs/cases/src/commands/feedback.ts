import type { CaseCommand } from '../commands.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';

/** What a child or a family says of the help they get. It is owed an answer. */
export function receiveFeedback(command: CaseCommand<'ReceiveFeedback'>, state: KnownCase): Outcome {
  const { text, ...data } = command.data;
  if (state.feedback[data.feedbackId] !== undefined) return conflict(unmet('AlreadyExists', 'feedbackId'));
  if (text.trim() === '') return refused(unmet('FieldInvalid', 'text'));
  return accepted({ type: 'FeedbackReceived', data, ...narrative(text), ...whenOf(command) });
}

export function answerFeedback(command: CaseCommand<'AnswerFeedback'>, state: KnownCase): Outcome {
  const { feedbackId, text } = command.data;
  const feedback = state.feedback[feedbackId];
  if (feedback === undefined) return unknown(unmet('NotFound', 'feedbackId'));
  if (feedback.answeredAt !== undefined) return conflict(unmet('WrongState', 'feedbackId'));
  if (text.trim() === '') return refused(unmet('FieldInvalid', 'text'));
  return accepted({ type: 'FeedbackAnswered', data: { feedbackId }, ...narrative(text), ...whenOf(command) });
}
