import type { AttachmentPlace, AttachmentVault } from '#libs/attachments';
import type { CaseCommand } from '#libs/cases';
import { v7 as uuidv7 } from 'uuid';
import type { CaseCommands } from './case-commands.js';
import { CommandRefused, KeyReused, VersionConflict } from './errors.js';
import type { Answer, CaseRequest } from './request.js';

/** A file on its way to a document, with what its content was found to be. */
export interface AttachmentRequest extends Omit<CaseRequest, 'command'> {
  command: Omit<CaseCommand<'StoreAttachment'>, 'data'> & {
    data: Omit<CaseCommand<'StoreAttachment'>['data'], 'attachmentId' | 'digest' | 'size'>;
  };
  content: Buffer;
}

/**
 * Attaches a file. It is decided first, so that nothing is written for whoever may not; then the file is written, and last
 * the log tells of it. A file of which the log was never told lies under an id that nobody knows, until the next upload to
 * the document or the child's erasure takes it away.
 *
 * @throws CommandRefused, VersionConflict, KeyReused
 */
export async function storeAttachment(
  { commands, attachments }: { commands: CaseCommands; attachments: AttachmentVault },
  { content, command, ...request }: AttachmentRequest,
): Promise<Answer> {
  const told = { ...command.data, attachmentId: uuidv7(), size: content.length };
  const asked = (digest: string): CaseRequest => ({ ...request, command: { ...command, data: { ...told, digest } } });
  const rehearsal = await commands.rehearse(asked(''));
  if ('answered' in rehearsal) return rehearsal.answered;
  const { after } = rehearsal.decided;
  if (after.status === 'none') throw new TypeError('a file was attached to no case');
  const place: AttachmentPlace = {
    personId: after.personId,
    caseId: request.caseId,
    documentId: told.documentId,
    attachmentId: told.attachmentId,
  };
  const digest = await attachments.put(place, content);
  try {
    const answer = await commands.execute(asked(digest));
    await (answer.repeated ? attachments.delete(place) : attachments.deleteLost(place));
    return answer;
  } catch (error) {
    if (isRefusal(error)) await attachments.delete(place);
    throw error;
  }
}

/** After any other failure the log may know of the file. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CommandRefused || error instanceof VersionConflict || error instanceof KeyReused;
