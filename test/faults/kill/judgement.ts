import type { Surroundings } from '../drill.js';
import { judgeCommands } from '../check/commands.js';
import { judgeEscalations } from '../check/escalations.js';
import { judgeNotices } from '../check/notices.js';
import { answeredTwice } from '../check/referrals.js';
import { peopleMeant } from '../installation/directory.js';
import { examineLog, gather } from '../evidence.js';
import type { Program } from '../installation/program.js';
import type { Round } from './round.js';
import { settle } from '../installation/settle.js';

/** What one round came to, in numbers. All of those that name a fault are 0 when the promises held. */
export interface RoundReport {
  readonly kills: number;
  readonly killed: { readonly api: number; readonly worker: number };
  readonly minAcknowledgedPerKill: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly torn: number;
  readonly escalations: Counts & { readonly due: number; readonly raised: number; readonly unfounded: number };
  readonly notices: Counts & { readonly owed: number; readonly told: number };
  readonly referralsAnsweredTwice: number;
  readonly log: { readonly events: number; readonly streams: number; readonly whole: boolean };
  readonly readModelDifferences: number;
  /** Milliseconds that a start took: the median. */
  readonly startMs: { readonly api: number; readonly worker: number };
  readonly seconds: number;
}

interface Counts {
  readonly lost: number;
  readonly doubled: number;
}

/** Lets a round come to rest, stops its programs, and looks at all that is left. */
export async function judge(round: Round, { say, stop }: Surroundings): Promise<RoundReport> {
  const { stage, ledger, killing } = round;
  const until = await settle(stage, stop);
  await stage.stop();
  const evidence = await gather(stage);
  const { events } = evidence;
  const commands = judgeCommands(ledger.commands, events);
  const escalations = judgeEscalations(events, evidence.escalations, until);
  const notices = judgeNotices(events, evidence.outbox, evidence.inbox, ({ streamId, data }) =>
    peopleMeant(data['recipients'] as string[], evidence.owners.get(streamId) ?? ''),
  );
  const answers = answeredTwice(events);
  const log = await examineLog(stage);
  const { bad } = log.verification;
  const samples = { commands, escalations, notices };
  for (const [what, verdict] of Object.entries(samples)) tellFaults(what, verdict, say);
  tellFaults('other', { answers, readModels: log.differences, log: bad === null ? [] : [JSON.stringify(bad)] }, say);
  return {
    ...killing,
    acknowledged: commands.acknowledged,
    lost: commands.lost.length,
    doubled: commands.doubled.length,
    torn: commands.torn.length,
    escalations: {
      due: escalations.due,
      raised: escalations.raised,
      lost: escalations.lost.length,
      doubled: escalations.doubled.length,
      unfounded: escalations.unfounded.length,
    },
    notices: {
      owed: notices.owed,
      told: notices.told,
      lost: notices.lost.length,
      doubled: notices.doubled.length,
    },
    referralsAnsweredTwice: answers.length,
    log: { events: log.verification.events, streams: log.verification.streams, whole: bad === null },
    readModelDifferences: log.differences.length,
    startMs: { api: median(stage.api), worker: median(stage.worker) },
    seconds: Math.round(round.seconds),
  };
}

export function heldIn({ kills, ...report }: RoundReport): boolean {
  const { lost, doubled, torn, escalations, notices, referralsAnsweredTwice, readModelDifferences } = report;
  const faults = [lost, doubled, torn, referralsAnsweredTwice, readModelDifferences].concat(
    [escalations.lost, escalations.doubled, escalations.unfounded],
    [notices.lost, notices.doubled],
  );
  const tried = kills > 0 && report.minAcknowledgedPerKill > 0 && escalations.raised > 0;
  return tried && report.log.whole && faults.every((count) => count === 0);
}

const listed = 5;

function tellFaults(what: string, verdict: object, say: (message: string) => void): void {
  for (const [fault, found] of Object.entries(verdict)) {
    if (!Array.isArray(found) || found.length === 0) continue;
    say(`${what}, ${fault}: ${found.length}, such as ${found.slice(0, listed).join('; ')}`);
  }
}

function median({ startsMs }: Program): number {
  return Math.round([...startsMs].sort((one, other) => one - other)[Math.floor(startsMs.length / 2)] ?? 0);
}
