import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withLock } from './lock.js';
import { pause } from './processes.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('withLock', () => {
  it('lets one in at a time and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const visit = () =>
      withLock(path.join(folder, 'lock'), async () => {
        inside += 1;
        most = Math.max(most, inside);
        await pause(5);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 8 }, visit));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is free again after work that failed', async () => {
    const lock = path.join(folder, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLock(lock, () => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('is taken from a dead owner, once, however many wait', async () => {
    const lock = path.join(folder, 'lock');
    const { pid } = spawnSync(process.execPath, ['--version']);
    await mkdir(lock);
    await writeFile(path.join(lock, `${pid}-1`), '');
    let inside = 0;
    const visit = () =>
      withLock(lock, async () => {
        inside += 1;
        await pause(5);
        const together = inside;
        inside -= 1;
        return together;
      });
    expect(await Promise.all([visit(), visit(), visit()])).toEqual([1, 1, 1]);
  });
});
