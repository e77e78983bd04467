import { mkdir } from 'node:fs/promises';

import type { Mailer } from '#libs/notifications';

import { FolderSink } from './folder-sink.js';
import { MailSink } from './mail-sink.js';
import type { CheckpointSink } from './sink.js';

export interface SinkSettings {
  readonly folders: readonly string[];
  /** Mailbox of a partner. */
  readonly mailTo?: string;
}

/** @param mayCreate whether a missing folder is made: in production it would hide that nothing is mounted there. */
export async function openSinks(
  { folders, mailTo }: SinkSettings,
  { mailer, mayCreate }: { mailer: Mailer | undefined; mayCreate: boolean },
): Promise<CheckpointSink[]> {
  if (mayCreate) await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
  const mail = mailer === undefined || mailTo === undefined ? [] : [new MailSink(mailer, mailTo)];
  return [...folders.map((folder) => new FolderSink(folder)), ...mail];
}
