import { describe, it } from '@jest/globals';
import type { CaseCommandData } from '../commands.js';
import { ask, event, given } from '../../../../test/support/case-specification.js';
import { openCase } from '../../../../test/support/case-stories.js';

const recorded = ask('RecordDocument', { documentId: 'd', code: 'BIA' });
const file = { documentId: 'd', attachmentId: 'a', kind: 'pdf', size: 3, digest: '0'.repeat(64) } as const;
const attach = (more: Partial<CaseCommandData['StoreAttachment']> = {}) => ask('StoreAttachment', { ...file, ...more });

describe('a file', () => {
  it('is attached to a document, with its name sealed', () => {
    given(openCase(), recorded)
      .when(attach({ fileName: 'her story.pdf' }))
      .then({ ...event('AttachmentStored', file), sealed: { narrative: { fileName: 'her story.pdf' } } });
  });

  it('needs a document, and is the only one of it', () => {
    given(openCase()).when(attach()).thenUnknown('NotFound documentId');
    given(openCase(), recorded, attach())
      .when(attach({ attachmentId: 'b' }))
      .thenRefused('AlreadyExists documentId');
  });

  it('is of a kind that the pathway takes, and holds no address where that is forbidden', () => {
    given(openCase(), recorded)
      .when(attach({ kind: 'png', holdsLink: true }))
      .thenRefused('MediaTypeRefused body', 'LinkInText body');
    given(openCase(), recorded)
      .when(attach({ fileName: 'www.example.org.pdf' }))
      .thenRefused('LinkInText fileName');
  });

  it('is kept to what every pathway takes, as long as the case follows none', () => {
    const waiting = ask('OpenCase', { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true });
    given(waiting, recorded).when(attach()).then(event('AttachmentStored', file));
    given(waiting, recorded)
      .when(attach({ kind: 'png', holdsLink: true }))
      .thenRefused('MediaTypeRefused body', 'LinkInText body');
  });
});
