import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CaseCommands } from '#libs/case-commands';
import { loadPerson } from '#libs/case-log';
import { openSpean, type Spean } from '#libs/composition';
import { readConfiguration } from '#libs/configuration';
import { shownIn } from '#libs/read-audit';
import { startBenchServer, withoutRowSecurity, type BenchServer } from './bench-database.js';
import { median, rounded, type Figures, type Progress } from './figures.js';
import { noteOn, openCases, worker, type OpenedCase } from './guarded/cases.js';
import { openInterface } from './guarded/interface.js';
import { executeUnguarded, NoSealer } from './guarded/unguarded.js';

const casesOpened = 100;
const rounds = 400;
/** Rounds that nobody counts: pools fill, statements get their lasting plan. */
const warmUp = 50;
const listed = 50;

const limits = { commandRatio: 1.5, worklistMs: 30 };

/**
 * What it costs to guard children's records, with and without side by side, one caller, medians.
 *
 * - Command: a sealed note by a case worker. Guarded, the program's own `CaseCommands`: policy, sealing, row-level
 *   security. Unguarded, the same steps without asking the policy, with a sealer that leaves everything readable, on a
 *   database with row-level security switched off. What the core asks about the child and its people to decide at all,
 *   idempotency, the hash chain and the read models are there on both sides. A command shows nothing, so it leaves no trace
 *   of a reading on either.
 * - Reading: a case with its child, opened; with its trace made durable before the answer, and without.
 * - Worklist: fifty tasks of cases whose content is sealed, through the interface: session, policy, row-level security,
 *   trace. Its lines hold no names; `namesMs` is what opening the names of fifty children would add.
 */
export async function guarded(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-guarded-'));
  const server = await startBenchServer();
  try {
    const configuration = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder });
    const urls = await server.database('bench_guarded', { migrated: true });
    const spean = await openSpean({
      ...{ databaseUrl: urls.program, masterKeys: configuration.masterKeys, mayCreateMasterKey: true },
    });
    const cases = await openCases(spean.commands, spean.clock, casesOpened);
    progress(`${casesOpened} cases opened`);
    const bare = await openBare(server, configuration.masterKeys);
    const command = await measureCommand(spean, cases, bare);
    progress(`${rounds} notes written on each side`);
    const reading = await measureReading(spean, cases);
    progress(`${rounds} cases read on each side`);
    const door = await openInterface(configuration, urls);
    const worklist = await measureWorklist(spean, cases, () => door.get('/worklists/mine?limit=50'));
    await door.close();
    await Promise.all([spean.close(), bare.spean.close()]);
    return { figures: { ...command, ...reading, ...worklist }, targets: {}, limits };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Bare {
  readonly spean: Spean;
  readonly cases: readonly OpenedCase[];
}

/** The same program without its guards: nothing is sealed, and the database shows every row to everybody. */
async function openBare(server: BenchServer, masterKeys: Parameters<typeof openSpean>[0]['masterKeys']): Promise<Bare> {
  const urls = await server.database('bench_unguarded', { migrated: true });
  await withoutRowSecurity(urls.admin);
  const opened = await openSpean({ databaseUrl: urls.program, masterKeys, mayCreateMasterKey: true });
  const parts = { ...opened, sealer: new NoSealer(opened.keyStore) };
  const commands = new CaseCommands(parts);
  const spean = { ...parts, commands };
  return { spean, cases: await openCases(commands, spean.clock, casesOpened) };
}

async function measureCommand(spean: Spean, cases: readonly OpenedCase[], bare: Bare) {
  const { first, second } = await sideBySide(
    (round) => spean.commands.execute(noteOn(at(cases, round).caseId, spean.clock)),
    (round) => executeUnguarded(bare.spean, noteOn(at(bare.cases, round).caseId, bare.spean.clock)),
  );
  return { commandRatio: rounded(first / second), commandMs: rounded(first), unguardedCommandMs: rounded(second) };
}

async function measureReading({ queries, readAudit, clock }: Spean, cases: readonly OpenedCase[]) {
  const read = (round: number) => queries.findCase(at(cases, round).caseId, worker);
  const traced = async (round: number) => {
    const { caseIds, personIds, classes } = shownIn([await read(round)]);
    await readAudit.record({
      ...{ reader: worker.id, agency: worker.agency, roles: worker.roles, purpose: 'case_management', at: clock.now() },
      ...{ route: '/api/v1/cases/:caseId', traceId: 'benchmark' },
      ...{ caseIds: [...caseIds], personIds: [...personIds], classes: [...classes] },
    });
  };
  const { first, second } = await sideBySide(traced, read);
  return { readRatio: rounded(first / second), readMs: rounded(first), untracedReadMs: rounded(second) };
}

async function measureWorklist(
  { database, context, sealer }: Spean,
  cases: readonly OpenedCase[],
  worklist: () => Promise<{ items: unknown[] }>,
) {
  const people = cases.slice(0, listed).map(({ personId }) => personId);
  const list = async () => {
    const { items } = await worklist();
    if (items.length !== listed) throw new Error(`the worklist has ${items.length} lines`);
  };
  const openNames = () =>
    database.read(context, async (queries) => {
      await sealer.prefetch(queries, people);
      return Promise.all(people.map((id) => loadPerson(queries, sealer, id)));
    });
  const { first, second } = await sideBySide(list, openNames);
  return { worklistMs: rounded(first), namesMs: rounded(second) };
}

/** Medians in milliseconds of two things done in turn, each first as often as second. */
async function sideBySide(one: Act, other: Act): Promise<{ first: number; second: number }> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const times = round % 2 === 0 ? [first, second] : [second, first];
    const acts = round % 2 === 0 ? [one, other] : [other, one];
    for (const [index, act] of acts.entries()) {
      const started = performance.now();
      await act(round);
      if (round >= warmUp) times[index]?.push(performance.now() - started);
    }
  }
  return { first: median(first), second: median(second) };
}

type Act = (round: number) => Promise<unknown>;

function at(cases: readonly OpenedCase[], round: number): OpenedCase {
  const found = cases[round % cases.length];
  if (found === undefined) throw new RangeError('no cases');
  return found;
}
