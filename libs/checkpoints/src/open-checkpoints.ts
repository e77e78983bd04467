import { mkdir } from 'node:fs/promises';

import type { Mailer } from '#libs/notifications';

import { Checkpoints, type CheckpointParts } from './checkpoints.js';
import { SigningKey } from './signing-key.js';
import { FolderSink } from './sinks/folder-sink.js';
import { MailSink } from './sinks/mail-sink.js';

export interface CheckpointSettings {
  readonly keyFile: string;
  readonly folders: readonly string[];
  /** Mailbox of a partner. */
  readonly mailTo?: string;
}

/** What they are taken with, besides key and sinks; `mayCreate` is for development: see `SigningKey.open`. */
export interface CheckpointSurroundings extends Omit<CheckpointParts, 'key' | 'sinks'> {
  readonly mailer: Mailer | undefined;
  readonly mayCreate: boolean;
}

/** @throws SigningKeyUnusable */
export async function openCheckpoints(
  { keyFile, folders, mailTo }: CheckpointSettings,
  { mailer, mayCreate, ...parts }: CheckpointSurroundings,
): Promise<Checkpoints> {
  const key = await SigningKey.open(keyFile, { mayCreate });
  // In production a folder that is missing is one that is not mounted, and making it would hide that.
  if (mayCreate) await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
  const mail = mailer === undefined || mailTo === undefined ? [] : [new MailSink(mailer, mailTo)];
  return new Checkpoints({ ...parts, key, sinks: [...folders.map((folder) => new FolderSink(folder)), ...mail] });
}
