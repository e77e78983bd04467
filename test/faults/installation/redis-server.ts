import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { Redis } from 'ioredis';

import { freePort } from './free-port.js';

const advice =
  'The drill on Redis needs redis-server. Run: sudo apt-get install --yes --no-install-recommends redis-server';
const startPatienceMs = 10_000;

/** A Redis of the drill's own that writes an append-only file, as production does. */
export class RedisServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  /**
   * @param folder where its files are kept
   * @throws Error with the command to run when there is no redis-server
   */
  static async start(folder: string): Promise<RedisServer> {
    if (spawnSync('redis-server', ['--version']).status !== 0) throw new Error(advice);
    const port = await freePort();
    const settings = [
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
    ];
    const server = new RedisServer(
      `redis://127.0.0.1:${port}`,
      spawn('redis-server', settings, { stdio: 'ignore', detached: true }),
    );
    await server.#answers();
    return server;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }

  async #answers(): Promise<void> {
    const client = new Redis(this.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    client.on('error', () => undefined); // not listening yet
    try {
      const answered = await Promise.race([client.ping(), pause(startPatienceMs, undefined, { ref: false })]);
      if (answered !== undefined) return;
    } finally {
      client.disconnect();
    }
    await this.stop();
    throw new Error('redis-server does not answer');
  }
}
