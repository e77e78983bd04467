import { Option, type Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { CallerResolver } from '#libs/access';
import { CommandRefused, type Answer } from '#libs/case-commands';
import { erasureReasons, type ErasureReason, type PersonCommand } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { exitCodes, WrongCall } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';

export function addErase(program: Command): void {
  const erase = program.command('erase').description('forgets a child for good; two people have to agree');
  erase
    .command('person')
    .description('proposes to forget a child all of whose cases have ended; prints the id of the erasure')
    .argument('<id>', 'id of the person')
    .addOption(
      new Option('--because <code>', 'what gives the right to it').choices(erasureReasons).makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'what was considered; it is forgotten with the child')
    .requiredOption('--by <staff>', 'member of staff who proposes it')
    .action(propose);
  erase
    .command('approve')
    .description('agrees to it as a second person: the keys are destroyed')
    .argument('<id>', 'id of the person')
    .argument('<erasure>', 'id of the erasure')
    .requiredOption('--by <staff>', 'member of staff who agrees')
    .action(approve);

  program
    .command('erasures')
    .description('children who were forgotten')
    .command('replay')
    .description(
      'forgets them again, after the database was restored from before; to be called before anybody is let in',
    )
    .action(replay);
}

interface Proposal {
  because: ErasureReason;
  reason: string;
  by: string;
}

async function propose(personId: string, { because, reason, by }: Proposal): Promise<void> {
  const erasureId = uuidv7();
  await answering(personId, by, { type: 'ProposeErasure', data: { erasureId, because, reason } }, { erasureId });
}

async function approve(personId: string, erasureId: string, { by }: { by: string }): Promise<void> {
  await answering(personId, by, { type: 'ApproveErasure', data: { erasureId } }, { erasureId });
}

async function replay(): Promise<void> {
  const erased = await withSpean(async ({ commands, erasures }) => {
    const all = (await erasures?.all()) ?? [];
    for (const erasure of all) await commands.eraseAgain(erasure);
    return all.length;
  });
  process.stdout.write(`${JSON.stringify({ erased })}\n`);
}

type Told =
  Pick<PersonCommand<'ProposeErasure'>, 'type' | 'data'> | Pick<PersonCommand<'ApproveErasure'>, 'type' | 'data'>;

async function answering(personId: string, by: string, told: Told, shown: object): Promise<void> {
  try {
    const { version } = await withSpean((spean) => execute(spean, personId, by, told));
    process.stdout.write(`${JSON.stringify({ ...shown, version })}\n`);
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    for (const { text } of error.refusal.unmet) process.stderr.write(`${text.en}\n`);
    process.exitCode = exitCodes.checkFails;
  }
}

async function execute(
  { database, context, clock, commands }: Spean,
  personId: string,
  by: string,
  told: Told,
): Promise<Answer> {
  const caller = await new CallerResolver(database, context).find(by);
  if (caller === undefined) throw new WrongCall(`${by} is no member of staff`);
  const { id, roles, agency } = caller;
  return commands.executePerson({
    personId,
    actor: { id, roles, agency },
    purpose: 'erasure',
    traceId: uuidv7().replaceAll('-', ''),
    command: { ...told, occurredAt: clock.now(), precision: 'moment' },
  });
}
