import path from 'node:path';
import { checkoutDirectory } from './checkout.js';
import type { CheckpointConfiguration } from './configuration.js';
import type { Variables } from './variables.js';

/** One place may burn down, or be in the hands of whoever bends the log. */
const leastPlaces = 2;

/** Folders and mailbox that keep checkpoints, and the key; in production, at least two places and a key that was brought. */
export function readCheckpoints(
  variables: Variables,
  { production, dataDirectory, mayMail }: { production: boolean; dataDirectory: string; mayMail: boolean },
): CheckpointConfiguration {
  const inCheckout = (file: string) => path.resolve(checkoutDirectory(), file);
  const keyFile = variables.text('SPEAN_CHECKPOINT_KEY_FILE');
  const named = (variables.text('SPEAN_CHECKPOINT_FOLDERS') ?? '').split(',').map((folder) => folder.trim());
  const folders = [...new Set(named.filter((folder) => folder !== '').map(inCheckout))];
  const mailTo = readMailbox(variables, mayMail);
  if (production && keyFile === undefined) {
    variables.refuse('SPEAN_CHECKPOINT_KEY_FILE', 'is missing; production does not make up a key of its own');
  }
  if (production && folders.length + (mailTo === undefined ? 0 : 1) < leastPlaces) {
    const reason = `name too few places; with SPEAN_CHECKPOINT_MAIL_TO there must be at least ${leastPlaces}`;
    variables.refuse('SPEAN_CHECKPOINT_FOLDERS', reason);
  }
  return {
    keyFile: inCheckout(keyFile ?? path.join(dataDirectory, 'checkpoint.key')),
    folders: folders.length > 0 || production ? folders : [path.join(dataDirectory, 'checkpoints')],
    ...(mailTo !== undefined && { mailTo }),
  };
}

function readMailbox(variables: Variables, mayMail: boolean): string | undefined {
  const mailTo = variables.text('SPEAN_CHECKPOINT_MAIL_TO');
  if (mailTo === undefined) return undefined;
  if (!/^[^@\s]+@[^@\s]+$/.test(mailTo)) return variables.refuse('SPEAN_CHECKPOINT_MAIL_TO', 'is not a mail address');
  if (!mayMail) return variables.refuse('SPEAN_CHECKPOINT_MAIL_TO', 'needs SMTP_URL to be mailed to');
  return mailTo;
}
