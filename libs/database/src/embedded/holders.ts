import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, ownIdentity } from './processes.js';

const separator = '.';

/** Who needs the running server: one file for each use, named for its process. The last one to leave stops it. */
export class Holders {
  readonly #directory: string;

  constructor(home: string) {
    this.#directory = path.join(home, 'holders');
  }

  /** Adds this process and answers the name to remove it by. */
  async add(): Promise<string> {
    const name = `${ownIdentity()}${separator}${randomUUID()}`;
    await mkdir(this.#directory, { recursive: true });
    await writeFile(path.join(this.#directory, name), '');
    return name;
  }

  async remove(name: string): Promise<void> {
    await rm(path.join(this.#directory, name), { force: true });
  }

  /** Whether anybody alive still needs the server. Forgets those who died without saying goodbye. */
  async any(): Promise<boolean> {
    const names = await readdir(this.#directory);
    const dead = names.filter((name) => !isRunning(name.split(separator)[0] ?? ''));
    for (const name of dead) await this.remove(name);
    return names.length > dead.length;
  }
}
