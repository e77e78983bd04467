import { basename } from 'node:path';
import type { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { CallerResolver } from '#libs/access';
import { CommandRefused, type Answer, type Envelope } from '#libs/case-commands';
import type { Spean } from '#libs/composition';
import { impactOf, migrateCases, type Impact } from '#libs/law';
import { findingLine } from '#libs/pathway-files';
import { readDraft } from '#libs/pathway-versions';
import { partsOfKey, type Change } from '#libs/pathways';
import { exitCodes, WrongCall } from '../exit-codes.js';
import { readText } from '../files.js';
import { withSpean } from '../with-spean.js';

/** Versions of the law: proposed, agreed to, compared, tried on the open cases, and given to running ones. */
export function addLaw(pathways: Command): void {
  pathways
    .command('propose')
    .description('proposes a version of a pathway, or an overlay of a province')
    .argument('<file>', 'definition or overlay in YAML')
    .requiredOption('--by <staff>', 'member of staff who proposes it')
    .option('--effective-on <day>', 'first day on which cases begin under it, YYYY-MM-DD')
    .action(propose);
  pathways
    .command('approve')
    .description('agrees to a version; with enough agreement it is published')
    .argument('<key>', 'A_OCSEA@1.1.0')
    .requiredOption('--by <staff>', 'member of staff who agrees')
    .action(approve);
  pathways
    .command('diff')
    .description('what is different between two versions; what touches the safety of children is marked')
    .argument('<from>', 'A_OCSEA@1.0.0')
    .argument('<to>', 'A_OCSEA@1.1.0')
    .option('--json', 'as JSON, with the values before and after')
    .action(diff);
  pathways
    .command('impact')
    .description('who would become overdue under a draft if every open case were moved to it now; writes nothing')
    .argument('<file>', 'definition in YAML')
    .option('--json', 'as JSON')
    .action(impact);
  pathways
    .command('migrate')
    .description('moves every open case of a version to another, an event each; broken off, call it again')
    .argument('<from>', 'A_OCSEA@1.0.0')
    .argument('<to>', 'A_OCSEA@1.1.0')
    .requiredOption('--by <staff>', 'member of staff who answers for it')
    .requiredOption('--why <reason>', 'why they do not stay on their version')
    .action(migrateAll);
}

async function propose(file: string, { by, effectiveOn }: { by: string; effectiveOn?: string }): Promise<void> {
  const source = await readText(file);
  await answering(file, (spean) =>
    asking(spean, by).then((asked) =>
      spean.publishing.propose({ source, ...(effectiveOn === undefined ? {} : { effectiveOn }) }, asked),
    ),
  );
}

async function approve(key: string, { by }: { by: string }): Promise<void> {
  const { id, version } = versionIn(key);
  await answering(key, (spean) => asking(spean, by).then((asked) => spean.publishing.approve(id, version, asked)));
}

async function diff(from: string, to: string, { json }: { json?: true }): Promise<void> {
  const [before, after] = [versionIn(from), versionIn(to)];
  if (before.id !== after.id) throw new WrongCall('versions of two pathways cannot be compared');
  const changes = await withSpean(({ publishing }) => publishing.compare(before.id, before.version, after.version));
  if (changes === undefined) throw new WrongCall('one of the versions is not there');
  process.stdout.write(json === true ? `${JSON.stringify(changes)}\n` : changes.map(changeLine).join(''));
}

/** `! changed  guard  /transitions/A01/guards/A01.1`; what begins with `!` touches the safety of children. */
const changeLine = ({ safety, kind, part, path }: Change): string =>
  `${safety ? '!' : ' '} ${kind.padEnd(8)} ${part.padEnd(10)} ${path}\n`;

async function impact(file: string, { json }: { json?: true }): Promise<void> {
  const source = await readText(file);
  const found = await withSpean(async (spean) => {
    const { pathway, findings } = readDraft(source, spean.pathways.common, (key) => spean.pathways.find(key));
    for (const finding of findings) process.stderr.write(`${findingLine(basename(file), finding)}\n`);
    return pathway && impactOf(pathway, spean);
  });
  if (found === undefined) process.exitCode = exitCodes.checkFails;
  else process.stdout.write(json === true ? `${JSON.stringify(found)}\n` : impactText(found));
}

function impactText({ pathway, cases, overdue, byProvince, byDeadline, unmoved }: Impact): string {
  const table = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => `  ${name.padEnd(10)} ${count}`);
  return [
    `${pathway}: ${cases} open cases, ${overdue.length} deadlines would become overdue, ${unmoved.length} cases have no place`,
    'by province',
    ...table(byProvince),
    'by deadline',
    ...table(byDeadline),
    ...overdue.map((each) => `${each.case} ${each.province ?? '–'} ${each.deadline} due ${each.dueAt}`),
    ...unmoved.map((each) => `${each.case} ${each.because.join(', ')}`),
    '',
  ].join('\n');
}

async function migrateAll(from: string, to: string, { by, why }: { by: string; why: string }): Promise<void> {
  [from, to].forEach(versionIn);
  const done = await withSpean(async (spean) => {
    const { actor } = await asking(spean, by);
    return migrateCases(spean, { from, to, actor, reason: why }, ({ moved }) =>
      process.stderr.write(`${moved} cases moved\n`),
    );
  });
  process.stdout.write(`${JSON.stringify(done)}\n`);
  if (done.refused.length > 0) process.exitCode = exitCodes.checkFails;
}

/** Prints the answer as JSON; what is refused is told line by line. */
async function answering(about: string, work: (spean: Spean) => Promise<Answer>): Promise<void> {
  try {
    const { version, events } = await withSpean(work);
    process.stdout.write(`${JSON.stringify({ version, events })}\n`);
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    for (const { text } of error.refusal.unmet) process.stderr.write(`${basename(about)}: ${text.en}\n  ${text.km}\n`);
    process.exitCode = exitCodes.checkFails;
  }
}

/** @throws WrongCall when nobody of this id is in the directory. */
async function asking({ database, context }: Spean, staff: string): Promise<Envelope> {
  const caller = await new CallerResolver(database, context).find(staff);
  if (caller === undefined) throw new WrongCall(`nobody in the directory is ${staff}`);
  const { id, roles, agency } = caller;
  return { actor: { id, roles, agency }, purpose: 'law_change', traceId: uuidv7().replaceAll('-', '') };
}

/** @throws WrongCall */
function versionIn(key: string): { id: string; version: string } {
  const { id, version } = partsOfKey(key);
  if (version === undefined) throw new WrongCall(`${key} names no version: write it as ${id}@1.0.0`);
  return { id, version };
}
