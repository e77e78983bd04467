import { emmett, makeRawTable, migrateEmmett, ownBulk, ownStore, rawRow } from './append-contenders.js';
import { startBenchServer, type BenchServer } from './bench-database.js';
import { closedLoop, type Contender } from './closed-loop.js';
import { median, rounded, type Figures, type Progress } from './figures.js';

const callersMeasured = [1, 8, 32] as const;
const bulkCallers = 32;
const rounds = 5;
const measuredMs = 1_500;
const referenceMs = 800;

/** The event store's own targets, as ratios within one run. */
const targets = {
  append_to_raw_1: 0.7,
  append_to_raw_8: 0.7,
  append_to_raw_32: 0.65,
  append_to_emmett_1: 2,
  append_to_emmett_8: 2,
  append_to_emmett_32: 2,
  [`bulk_to_raw_${bulkCallers}`]: 2,
};

interface Measured {
  readonly rate: number;
  /** To the mean of the two reference cells around it. */
  readonly toRaw: number;
}

/**
 * Appends a second with 1, 8 and 32 callers: the store with its hash chain, one row of the same bytes in a plain table,
 * and the emmett event store. Each cell stands between two cells of the plain row, moments before and after it, and only
 * such neighbours are compared: a machine that is slower for a while slows them all. Medians over the rounds.
 */
export async function append(progress: Progress): Promise<Figures> {
  const server = await startBenchServer();
  try {
    const log = await server.database('bench_log', { migrated: true });
    const other = await server.database('bench_emmett', { migrated: false });
    await migrateEmmett(other.admin);
    const raw = await server.database('bench_raw', { migrated: false });
    await makeRawTable(raw.admin);
    const figures: Record<string, number> = {};
    for (const callers of callersMeasured) {
      const contenders = {
        append: await ownStore(log.program, callers),
        emmett: emmett(other.admin, callers),
        ...(callers === bulkCallers && { bulk: await ownBulk(log.program) }),
      };
      const reference = rawRow(raw.admin, callers);
      Object.assign(figures, await measure(server, contenders, reference, callers, progress));
      await Promise.all([reference, ...Object.values(contenders)].map((contender) => contender.close()));
    }
    return { figures, targets };
  } finally {
    await server.stop();
  }
}

async function measure(
  server: BenchServer,
  contenders: Record<string, Contender>,
  reference: Contender,
  callers: number,
  progress: Progress,
): Promise<Record<string, number>> {
  const cells = new Map<string, Measured[]>(Object.keys(contenders).map((name) => [name, []]));
  const referenceRates: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await server.run('CHECKPOINT');
    let before = await closedLoop(reference, callers, referenceMs);
    for (const [name, contender] of Object.entries(contenders)) {
      const rate = await closedLoop(contender, callers, measuredMs);
      const after = await closedLoop(reference, callers, referenceMs);
      cells.get(name)?.push({ rate, toRaw: rate / ((before + after) / 2) });
      referenceRates.push(after);
      before = after;
    }
    progress(`append, ${callers} callers: round ${round} of ${rounds}`);
  }
  return summed(cells, referenceRates, callers);
}

function summed(cells: ReadonlyMap<string, Measured[]>, referenceRates: number[], callers: number) {
  const figures: Record<string, number> = { [`raw_rate_${callers}`]: rounded(median(referenceRates)) };
  for (const [name, measured] of cells) {
    figures[`${name}_rate_${callers}`] = rounded(median(measured.map(({ rate }) => rate)));
    figures[`${name}_to_raw_${callers}`] = rounded(median(measured.map(({ toRaw }) => toRaw)));
  }
  const others = cells.get('emmett') ?? [];
  const toEmmett = (cells.get('append') ?? []).map(({ toRaw }, round) => toRaw / (others[round]?.toRaw ?? Number.NaN));
  figures[`append_to_emmett_${callers}`] = rounded(median(toEmmett));
  return figures;
}
