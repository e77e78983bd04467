import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openSpean } from '#libs/composition';
import { readConfiguration } from '#libs/configuration';
import type { OpenfnRun } from '../simulators/openfn/run-openfn.js';
import { startBenchServer } from './bench-database.js';
import { median, rounded, type Figures, type Progress } from './figures.js';
import { openProgram } from './pull/program.js';
import { primeroCase, takeIn } from './pull/stock.js';

const many = 5_000;
const limits = { pull1Ms: 10_000, pull5000Ms: 10_000, clients5000Ms: 10_000, refused: 0 };

/**
 * The hourly run of the live integration with both addresses ours, call by call, with 1 and with 5,000 cases: how long its
 * slowest pull of all cases takes, of three, and its pull of all clients; how many calls it makes, and how many were refused.
 */
export async function walk(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-walk-'));
  const server = await startBenchServer();
  try {
    const configuration = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder });
    const urls = await server.database('bench_walk', { migrated: true });
    const spean = await openSpean({
      ...{ databaseUrl: urls.program, masterKeys: configuration.masterKeys, mayCreateMasterKey: true },
    });
    const program = await openProgram(configuration, urls);
    await takeIn(spean, 'primero', [primeroCase(undefined, 0)]);
    const one = await program.walk();
    progress('walked with 1 case');
    const others = Array.from({ length: many - 1 }, (_, index) => primeroCase(undefined, index + 1));
    await takeIn(spean, 'primero', others);
    await spean.close();
    progress(`${many} cases taken in`);
    const all = await program.walk();
    await program.close();
    const figures = {
      ...{ pull1Ms: slowest(one, cases, 1), pull5000Ms: slowest(all, cases, many) },
      ...{ clients5000Ms: slowest(all, clients, many), calls: all.exchanges.length },
      callMs: rounded(median(all.exchanges.map(({ milliseconds }) => milliseconds))),
      refused: [one, all].filter(({ stoppedBy }) => stoppedBy !== undefined).length,
    };
    return { figures, targets: {}, limits };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const cases = 'f1-j1 GET /api/v2/cases?';
const clients = 'f2-j1 GET /api/v1/organizations/clients?';

/** @throws Error when a list does not hold everybody */
function slowest({ exchanges }: OpenfnRun, call: string, everybody: number): number {
  const lists = exchanges.filter(({ step, method, path: asked }) => `${step} ${method} ${asked}`.startsWith(call));
  for (const { body } of lists) {
    const { length } = (body as { data: unknown[] }).data;
    if (length !== everybody) throw new Error(`${call} told ${length} of ${everybody}`);
  }
  return rounded(Math.max(...lists.map(({ milliseconds }) => milliseconds)));
}
