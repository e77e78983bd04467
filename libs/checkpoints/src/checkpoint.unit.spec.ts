import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkpointIn, following, NotACheckpoint, parseCheckpoint, sha256, writeCheckpoint } from './checkpoint.js';
import { PublicKey, SigningKey, SigningKeyUnusable } from './signing-key.js';

let folder: string;
let key: SigningKey;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-checkpoint-'));
  key = await SigningKey.open(path.join(folder, 'checkpoint.key'), { mayCreate: true });
});
afterAll(() => rm(folder, { recursive: true }));

const findings = {
  takenAt: '2026-03-04T05:06:07.080Z',
  ...{ cut: 900, streams: 1, events: 3, root: 'r', heads: sha256('') },
  reads: { count: 0, sha256: sha256('') },
};

function signedAfter(before?: Parameters<typeof following>[0]) {
  const signed = JSON.stringify(following(before, findings, { tenant: 1, key: key.publicKey.id }));
  return { signed, signature: key.sign(signed), heads: 'stream case 3 hash place' };
}

describe('a checkpoint', () => {
  it('names the one before it, and begins where that ended', () => {
    const first = signedAfter();
    expect(checkpointIn(first)).toMatchObject({ sequence: 1, previous: null, from: 0, cut: 900 });
    expect(checkpointIn(signedAfter(first))).toMatchObject({ sequence: 2, previous: sha256(first.signed), from: 900 });
  });

  it('comes back from its file as it was, with the lines that name streams or without', () => {
    const { heads, ...bare } = signedAfter();
    expect(parseCheckpoint(writeCheckpoint({ ...bare, heads }))).toEqual({ ...bare, heads });
    expect(parseCheckpoint(writeCheckpoint(bare))).toEqual(bare);
  });

  it.each(['', '{}', 'null', '{"signed":"{}","signature":""}', '{"signed":"null","signature":""}'])(
    'is not %s',
    (text) => {
      expect(() => parseCheckpoint(text)).toThrow(NotACheckpoint);
    },
  );
});

describe('the signature', () => {
  it('holds for the very text that was signed, and for its own key alone', async () => {
    const checkpoint = signedAfter();
    const known = PublicKey.fromPem(key.publicKey.pem);
    const other = await SigningKey.open(path.join(folder, 'other.key'), { mayCreate: true });
    expect(known.verifies(checkpoint)).toBe(true);
    expect(known.verifies({ ...checkpoint, signed: checkpoint.signed.replace('"events":3', '"events":2') })).toBe(
      false,
    );
    expect(known.verifies({ ...checkpoint, signature: other.sign(checkpoint.signed) })).toBe(false);
    expect(other.publicKey.verifies(checkpoint)).toBe(false);
  });

  it('comes from a file that only its owner may read', async () => {
    const file = path.join(folder, 'open.key');
    await writeFile(file, await readFile(path.join(folder, 'checkpoint.key')));
    await chmod(file, 0o644);
    const opening = SigningKey.open(file, { mayCreate: false });
    await expect(opening).rejects.toBeInstanceOf(SigningKeyUnusable);
    await writeFile(path.join(folder, 'not.key'), 'nothing', { mode: 0o600 });
    for (const name of ['absent.key', 'not.key']) {
      const wrong = SigningKey.open(path.join(folder, name), { mayCreate: false });
      await expect(wrong).rejects.toBeInstanceOf(SigningKeyUnusable);
    }
  });
});
