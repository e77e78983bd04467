import type { Command } from 'commander';
import {
  NotACheckpoint,
  PublicKey,
  readCheckpoints,
  SigningKey,
  SigningKeyUnusable,
  verifyCheckpoints,
  type CheckpointFault,
} from '#libs/checkpoints';
import { parseInstant } from '#libs/calendar';
import { verify, type BadEvent } from '#libs/event-store';
import { exitCodes, WrongCall } from '../exit-codes.js';
import { readText } from '../files.js';
import { withSpean } from '../with-spean.js';

interface VerifyOptions {
  since?: string;
  checkpoint?: string;
  publicKey?: string[];
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('checks every hash chain, and the log against a signed checkpoint; names the first bad event')
    .option('--since <instant>', 'only chains with an event recorded from this moment on, each from its beginning')
    .option('--checkpoint <file>', 'a checkpoint that was kept outside; those beside it in its folder are read as well')
    .option('--public-key <file...>', 'what it was signed with (PEM); otherwise the key of this installation')
    .action(verifyLog);
}

async function verifyLog({ since, checkpoint: file, publicKey }: VerifyOptions): Promise<void> {
  const from = since === undefined ? {} : { since: instantOf(since) };
  const kept = file === undefined ? undefined : await readCheckpoints(file).catch(wrongFile);
  const result = await withSpean(async ({ database, context }, { checkpoints: { keyFile } }) => {
    const keys = kept === undefined ? [] : await knownKeys(keyFile, publicKey);
    return database.read(context, async (queries) => ({
      ...(await verify(queries, from)),
      ...(kept === undefined ? {} : { checkpoint: await verifyCheckpoints(queries, kept, keys) }),
    }));
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  const found = [
    ...(result.bad === null ? [] : [badEventLine(result.bad)]),
    ...(result.checkpoint?.faults ?? []).map(faultLine),
  ];
  for (const line of found) process.stderr.write(`${line}\n`);
  if (found.length > 0) process.exitCode = exitCodes.checkFails;
}

const badEventLine = ({ streamId, version, type, reason }: BadEvent): string =>
  `The log was changed: event ${version} (${type ?? 'missing'}) of stream ${streamId}: ${reason}`;

const faultLine = (fault: CheckpointFault): string =>
  'streamId' in fault
    ? `Not as checkpoint ${fault.checkpoint} says: stream ${fault.streamId}, event ${fault.version}: ${fault.reason}`
    : `Not as checkpoint ${fault.checkpoint} says: ${fault.reason}`;

async function knownKeys(keyFile: string, publicKeys: readonly string[] | undefined): Promise<PublicKey[]> {
  try {
    if (publicKeys === undefined) return [(await SigningKey.open(keyFile, { mayCreate: false })).publicKey];
    const pems = await Promise.all(publicKeys.map(readText));
    return pems.map((pem) => PublicKey.fromPem(pem));
  } catch (error) {
    if (error instanceof SigningKeyUnusable)
      throw new WrongCall('no key to check the signature with', { cause: error });
    throw error;
  }
}

function instantOf(text: string): string {
  try {
    return parseInstant(text);
  } catch {
    throw new WrongCall('--since is not a moment, such as 2026-03-04T05:06:07Z');
  }
}

function wrongFile(error: unknown): never {
  if (error instanceof NotACheckpoint) throw new WrongCall('the file is not a checkpoint', { cause: error });
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  throw new WrongCall(`the checkpoint cannot be read (${code})`);
}
