// The servers of one test run: a PostgreSQL and a Redis, both thrown away afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { register } from 'node:module';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const startPatienceMs = 20_000;

export async function startPostgres() {
  register('./typescript-hooks.mjs', import.meta.url);
  const { startThrowAwayServer } = await import('../../libs/database/src/embedded/throw-away.ts');
  const server = await startThrowAwayServer();
  return { url: server.adminUrl, stop: server.stop };
}

export async function startRedis() {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-test-redis-'));
  const port = await freePort();
  const options = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const redis = spawn('redis-server', args, { stdio: 'ignore' });
  const ended = once(redis, 'exit');
  ended.catch(() => undefined); // a missing program is reported by the next line
  await once(redis, 'spawn').catch((error) => {
    throw new Error('redis-server is missing; "npm test" installs it or says how', { cause: error });
  });
  redis.unref();
  await answersAt(port, redis);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      redis.ref();
      redis.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where SoftHSM keeps the tokens of a run. The library reads the environment when a process first loads it. */
export async function tokenStore() {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-test-tokens-'));
  const configuration = path.join(folder, 'softhsm2.conf');
  await writeFile(configuration, `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  return { configuration, stop: () => rm(folder, { recursive: true, force: true }) };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answersAt(port, server) {
  const deadline = Date.now() + startPatienceMs;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`, { cause: error });
      if (Date.now() > deadline) throw new Error('redis-server does not answer', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 25));
    } finally {
      socket.destroy();
    }
  }
}
