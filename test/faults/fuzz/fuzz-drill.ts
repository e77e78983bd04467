import { Random } from '#libs/demonstration';

import type { Drill } from '../drill.js';
import { signedIn } from '../installation/credentials.js';
import { fillWithDemonstration, oneOfEachRole } from '../installation/demonstration.js';
import { Stage } from '../installation/stage.js';
import { fuzz, type FuzzReport } from './fuzz.js';
import { readOptions } from './options.js';
import { askOverHttp } from './over-http.js';

const atOnce = 8;

/**
 * Sends the running program what it describes, what is nearly that and what is nothing of the kind, as callers of every
 * role. It must refuse and never fail, never keep anybody waiting, and tell no child's name in a refusal.
 */
export const fuzzDrill: Drill = async (args, { say, stop }) => {
  const { requests, seed } = readOptions(args);
  const started = performance.now();
  say('starting database, API and worker, and filling them with the demonstration');
  const stage = await Stage.open('postgresql');
  const { ask, close } = askOverHttp(stage.address, atOnce);
  try {
    await fillWithDemonstration(stage);
    await stage.start();
    say(`sending ${requests} requests`);
    const callers = [...(await signedIn(stage, oneOfEachRole())), { authorization: 'Bearer nobody' }, {}];
    const report = await fuzz({ ask, requests, random: new Random(`fuzz/${seed}`), callers, atOnce, stop });
    const alive = (await ask({ method: 'GET', url: '/ready', headers: {}, kind: 'valid' }))?.status === 200;
    for (const { fault, request } of report.examples.slice(0, 5)) say(`${fault}: ${request}`);
    const seconds = Math.round((performance.now() - started) / 1_000);
    return { passed: alive && tried(report) && faultless(report), report: { seed, ...report, alive, seconds } };
  } finally {
    close();
    await stage.close();
  }
};

const faultless = ({ faults }: FuzzReport): boolean => Object.values(faults).every((count) => count === 0);

/** Whether it got past the door at all, and had names to tell. */
function tried({ byStatus, planted }: FuzzReport): boolean {
  return planted > 0 && (byStatus['200'] ?? 0) > 0 && (byStatus['201'] ?? 0) > 0 && (byStatus['422'] ?? 0) > 0;
}
