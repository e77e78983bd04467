import type { KnownCase } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import type { Sealer } from '#libs/privacy';
import { fieldsShown, type Shown } from './shown.js';

/** What is known of a file besides the file itself. */
export type AttachmentFound = NonNullable<KnownCase['documents'][number]['attachment']> & {
  personId: string;
  fileName: string | undefined;
};

/** The file of a document, for those who may read what people wrote in the case. */
export async function attachmentOf(
  queries: Queryable,
  sealer: Sealer,
  { state, stored, shown }: { state: KnownCase; stored: readonly StoredEvent[]; shown: Shown },
  documentId: string,
): Promise<AttachmentFound | undefined> {
  const attachment = state.documents.find((each) => each.documentId === documentId)?.attachment;
  if (attachment === undefined || !shown.has('progress') || !shown.has('narrative')) return undefined;
  const { personId } = state;
  const event = stored.find(({ version }) => version === attachment.version);
  const place = event && { personId, streamId: event.streamId, version: event.version };
  const opened = place && fieldsShown(await sealer.unseal(queries, place, event.sealed), shown);
  const fileName = opened?.narrative?.['fileName'];
  return { ...attachment, personId, fileName: typeof fileName === 'string' ? fileName : undefined };
}
