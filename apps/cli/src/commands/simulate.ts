import { InvalidArgumentError, Option, type Command } from 'commander';
import { plants, simulateTogether, type Simulated, type SimulationOptions } from '#libs/simulation';
import { exitCodes } from '../exit-codes.js';

/** Violations told to people at most; the JSON has them all. */
const SHOWN = 20;

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('lives through a stretch of time with made-up cases, and holds what happened against rules of its own')
    .option('--cases <number>', 'cases that begin in that time', positive, 2000)
    .option('--days <number>', 'how long it lasts', positive, 365)
    .option('--seed <number>', 'the same seed gives the same events', positive, 1)
    .option('--json', 'print the result as JSON alone, without the summary for people')
    .addOption(
      new Option('--plant <fault>', 'put a fault in the place of the rules; it must be found').choices(
        Object.keys(plants),
      ),
    )
    .action(run);
}

async function run({ json, ...options }: SimulationOptions & { json?: true }): Promise<void> {
  const started = performance.now();
  const simulated = await simulateTogether(options);
  if (json !== true) process.stderr.write(summaryOf(simulated, (performance.now() - started) / 1000));
  process.stdout.write(`${JSON.stringify(simulated)}\n`);
  if (simulated.violations.length > 0) process.exitCode = exitCodes.checkFails;
}

function summaryOf({ cases, violations, ...found }: Simulated, seconds: number): string {
  const { deadlines } = found;
  const byPathway = Object.entries(cases).map(([pathway, number]) => `${pathway} ${number}`);
  const broken = violations
    .slice(0, SHOWN)
    .map((each) => `  ${each.case}, event ${each.event}: ${each.rule}: ${each.wrong}`);
  const more = violations.length > SHOWN ? [`  and ${violations.length - SHOWN} more`] : [];
  return [
    `cases         ${byPathway.join(', ')}; ended ${found.ended}`,
    `log           ${found.events} events of ${found.commands} commands`,
    `deadlines     ${deadlines.armed} armed, ${deadlines.metInTime} met in time (${deadlines.recordedLate} of them recorded late), ${deadlines.metLate} met late, ${deadlines.cancelled} cancelled, ${deadlines.overdue} overdue`,
    `ladders       ${found.escalations} escalations; rungs by number ${Object.values(found.rungs).join(', ')}`,
    `longest wait  ${found.longestWaitDays} days past a due time`,
    `sha256        ${found.sha256}`,
    `violations    ${violations.length}`,
    ...broken,
    ...more,
    `It took ${seconds.toFixed(1)} s.`,
    '',
  ].join('\n');
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('expected a whole number from 1 on');
  return number;
}
