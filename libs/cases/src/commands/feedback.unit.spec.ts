import { describe, it } from '@jest/globals';
import { ask, event, given } from '../../../../test/support/case-specification.js';
import { openCase } from '../../../../test/support/case-stories.js';

const received = (text = 'Nobody came on Tuesday') =>
  ask('ReceiveFeedback', { feedbackId: 'f', by: 'child', channel: 'helpline', text });
const answered = (text = 'We are sorry, and come tomorrow') => ask('AnswerFeedback', { feedbackId: 'f', text });

describe('feedback of a child', () => {
  it('is kept in sealed words, and answered once', () => {
    const story = given(openCase())
      .when(received())
      .then({
        ...event('FeedbackReceived', { by: 'child' }),
        sealed: { narrative: { text: 'Nobody came on Tuesday' } },
      });
    story.when(answered()).then(event('FeedbackAnswered', { feedbackId: 'f' }));
    story.and(answered()).when(answered()).thenConflict('WrongState feedbackId');
    story.when(received()).thenConflict('AlreadyExists feedbackId');
  });

  it('and its answer say something', () => {
    given(openCase()).when(received(' ')).thenRefused('FieldInvalid text');
    given(openCase(), received()).when(answered('')).thenRefused('FieldInvalid text');
    given(openCase()).when(answered()).thenUnknown('NotFound feedbackId');
  });
});
