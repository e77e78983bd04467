import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseInstant } from '#libs/calendar';
import type { Actor } from '#libs/cases';
import type { Spean } from '#libs/composition';
import type { Configuration } from '#libs/configuration';
import {
  backfill,
  Exchange,
  exchangeStates,
  ExchangeRecords,
  targetStates,
  type Direction,
  type RecordFilter,
} from '#libs/connectors';
import { createLog } from '#libs/logging';
import { OutboundHttp } from '#libs/outbound';
import { exitCodes, WrongCall } from '../exit-codes.js';
import { parsedJson, readText } from '../files.js';
import { withSpean } from '../with-spean.js';

/** The operator at the terminal holds the master key; what is opened there is on record under this name. */
const operator: Actor = { id: 'operator', roles: ['INTEGRATION'], agency: 'spean' };
const usualLimit = 100;
const patienceMs = 60_000;

export function addConnectors(program: Command): void {
  const exchange = program.command('exchange').description('records that came from other systems and went to them');
  filtered(exchange.command('list'))
    .description('prints records as JSON, the latest first, without what stands in them')
    .addOption(new Option('--limit <n>', 'how many').default(usualLimit).argParser(Number))
    .action(async ({ limit, ...filter }: Filtered & { limit: number }) =>
      print(await withRecords((records) => records.list({ ...filterOf(filter), limit }))),
    );
  exchange.command('show').description('prints one record as it came or went, as JSON').argument('<id>').action(show);
  filtered(exchange.command('replay'))
    .description('once more: one record, or all that match')
    .argument('[id]')
    .action(replay);
  exchange
    .command('correct')
    .description('takes in a corrected record in place of one that could not be used')
    .argument('<id>')
    .argument('<file>', 'JSON file with the whole record')
    .action(correct);
  exchange
    .command('targets')
    .description('prints how each target fares, as JSON')
    .action(async () => print(await withSpean((spean, { exchangeTargets }) => targetStates(spean, exchangeTargets))));
  exchange
    .command('reconcile')
    .description('compares what a target has with what it should have; prints ids and names of fields as JSON')
    .requiredOption('--target <id>', 'which one')
    .action(reconcile);
  exchange
    .command('backfill')
    .description('owes a target, such as one that was added later, every case that it serves')
    .requiredOption('--target <id>', 'which one')
    .action(async ({ target }: { target: string }) =>
      print(
        await withSpean(async (spean, { exchangeTargets }) => ({
          owed: await backfill(spean, listed(exchangeTargets.find(({ id }) => id === target))),
        })),
      ),
    );
}

interface Filtered {
  target?: string;
  direction?: Direction;
  state?: (typeof exchangeStates)[number];
  case?: string;
  from?: string;
  to?: string;
}

function filtered(command: Command): Command {
  return command
    .option('--target <id>', 'only of this target')
    .addOption(new Option('--direction <way>', 'only those that came, or went').choices(['in', 'out']))
    .addOption(new Option('--state <state>', 'only those of which this became').choices(exchangeStates))
    .option('--case <id>', 'only of this case, by our id')
    .option('--from <moment>', 'from this moment on', instant)
    .option('--to <moment>', 'before this moment', instant);
}

function instant(text: string): string {
  try {
    return parseInstant(text);
  } catch {
    throw new InvalidArgumentError('expected a moment with its offset, such as 2026-03-16T09:00:00+07:00');
  }
}

const filterOf = ({ case: caseId, ...filter }: Filtered): RecordFilter => ({
  ...filter,
  ...(caseId === undefined ? {} : { caseId }),
});

async function show(id: string): Promise<void> {
  const opened = await withSpean(async (spean) => {
    const record = await new ExchangeRecords(spean).open(id, operator);
    if (record !== undefined && record.identity !== null) await trace(spean, record.caseId);
    return record;
  });
  if (opened === undefined) throw new WrongCall('no such record');
  print(opened);
}

async function trace({ readAudit, clock }: Spean, caseId: string | null): Promise<void> {
  await readAudit.record({
    ...{ reader: 'operator', agency: null, roles: ['SYSTEM'], purpose: 'exchange', route: 'exchange show' },
    ...{ caseIds: caseId === null ? [] : [caseId], personIds: [], classes: ['identity'] },
    traceId: '0'.repeat(32),
    at: clock.now(),
  });
}

async function replay(id: string | undefined, filter: Filtered): Promise<void> {
  const asked = filterOf(filter);
  if (id === undefined && Object.keys(asked).length === 0) throw new WrongCall('name a record, or which ones');
  const replayed = await withRecords(async (records) => {
    if (id === undefined) return records.replayAll(asked);
    if (await records.replay(id)) return 1;
    throw new WrongCall('no such record');
  });
  print({ replayed });
}

async function correct(id: string, file: string): Promise<void> {
  const record = parsedJson(await readText(file));
  const done = await withRecords((records) => records.correct(id, record));
  if (!done) throw new WrongCall('no such record');
  print({ replayed: 1 });
}

async function reconcile({ target }: { target: string }): Promise<void> {
  const report = await withSpean((spean, configuration) => compared(spean, configuration, target));
  print(report);
  const { onlyTheirs, onlyOurs, differing, unreadable } = report;
  const differs = [onlyTheirs, onlyOurs, differing, unreadable].some((each) => each.length > 0);
  if (differs) process.exitCode = exitCodes.checkFails;
}

/** @throws WrongCall when there is none */
function listed<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new WrongCall('SPEAN_EXCHANGE_TARGETS lists no such target');
  return found;
}

async function compared(spean: Spean, { environment, exchangeTargets, logLevel }: Configuration, target: string) {
  const outbound = new OutboundHttp({ mayReachLoopback: environment !== 'production', patienceMs });
  const log = createLog('cli', logLevel === 'info' ? 'warn' : logLevel);
  const { works } = new Exchange({ ...spean, targets: exchangeTargets, outbound, log });
  try {
    return await listed(works.find((each) => each.target.id === target)).connector.reconcile();
  } finally {
    outbound.close();
  }
}

const withRecords = <Result>(work: (records: ExchangeRecords) => Promise<Result>): Promise<Result> =>
  withSpean((spean) => work(new ExchangeRecords(spean)));

const print = (result: unknown): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
