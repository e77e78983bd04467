import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openSpean } from '#libs/composition';
import { readConfiguration } from '#libs/configuration';
import { givenSamples } from '../loop/given-samples.js';
import { loop as travel, tableOf, type Fate } from '../loop/loop.js';
import { samples } from '../loop/samples.js';
import { startBenchServer } from './bench-database.js';
import type { Figures, Progress } from './figures.js';

/**
 * What becomes of each field of a record that goes from Primero to OSCaR and back, or the other way round: kept, no place
 * over there, or lost, of which there must be none. The table is told on the way; the figures count fields of all samples.
 */
export async function loop(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-loop-'));
  const server = await startBenchServer();
  try {
    const { masterKeys } = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder });
    const station = async (name: string) => {
      const { program } = await server.database(name, { migrated: true });
      return openSpean({ databaseUrl: program, masterKeys, mayCreateMasterKey: true });
    };
    const fates: Fate[] = [];
    const all = [...samples, ...givenSamples()];
    for (const [number, sample] of all.entries()) {
      const stations = [await station(`loop_here_${number}`), await station(`loop_there_${number}`)] as const;
      fates.push(...(await travel(stations, sample)));
      for (const each of stations) await each.close();
    }
    for (const system of ['primero', 'oscar'] as const) {
      const names = all.filter((sample) => sample.system === system).map(({ name }) => name);
      progress(`\nFrom ${system} and back\n${tableOf(fates.filter(({ sample }) => names.includes(sample)))}`);
    }
    const count = (fate: Fate['fate']) => fates.filter((each) => each.fate === fate).length;
    const figures = { samples: all.length, kept: count('kept'), noPlace: count('no place'), lost: count('lost') };
    return { figures, targets: {}, limits: { lost: 0 } };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
