import { attachmentKinds, type ContentRules } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { accepted, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { sealedWords } from './records.js';

/** Nobody knows yet what will turn out to be in a case that follows no pathway: it takes what every pathway takes. */
const beforeEnrolment: Pick<ContentRules, 'attachments' | 'refuseLinksInText'> = {
  attachments: ['pdf', 'text'],
  refuseLinksInText: true,
};

/** A document has one file. What may not be stored in a case of the pathway is not stored as a file either (GR-CSAM). */
export function storeAttachment(
  command: CaseCommand<'StoreAttachment'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { fileName, holdsLink, ...data } = command.data;
  const document = state.documents.find(({ documentId }) => documentId === data.documentId);
  if (document === undefined) return unknown(unmet('NotFound', 'documentId'));
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  const content = pathway?.definition.content ?? beforeEnrolment;
  const kinds: readonly string[] = content.attachments ?? attachmentKinds;
  const problems = [
    ...(document.attachment === undefined ? [] : [unmet('AlreadyExists', 'documentId')]),
    ...(kinds.includes(data.kind) ? [] : [unmet('MediaTypeRefused', 'body', data.kind)]),
    ...(holdsLink === true && content.refuseLinksInText ? [unmet('LinkInText', 'body')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({ type: 'AttachmentStored', data, ...sealedWords({ fileName }), ...whenOf(command) });
}
