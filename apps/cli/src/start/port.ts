import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Configuration } from '#libs/configuration';

/** The programs of a supervisor that was just killed take a moment to leave. */
const patienceMs = 7_000;

/** @throws Error that tells how to go on, when another program listens on the port. */
export async function assertPortFree({ port }: Configuration): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await isFree(port.number))) {
    if (performance.now() > deadline) {
      const advice = port.chosen
        ? 'Set PORT to another'
        : `Stop it, or choose another: PORT=${port.number + 1} npm start`;
      throw new Error(`Port ${port.number} is taken by another program. ${advice}`);
    }
    await pause(250);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
