import { attachmentKinds } from '../attachment-kinds.js';
import { boolean, closed, described, listOf, oneWord, ref, someOf } from './parts.js';

const codes = listOf(ref('code'));

export const content = described(
  closed(
    {
      refusedMediaTypes: listOf({ type: 'string', pattern: '^[a-z0-9.+-]+/(\\*|[a-z0-9.+-]+)$' }),
      refuseLinksInText: boolean,
      attachments: someOf(oneWord(...attachmentKinds)),
      notForEvidence: someOf(ref('code')),
      sealing: closed({
        fact: ref('code'),
        keeps: closed({ facts: codes, tracks: codes, documents: codes, deadlines: codes }),
      }),
    },
    ['attachments', 'notForEvidence', 'sealing'],
  ),
  'What may never be stored in a case of this pathway.',
);
