import type { Drill, Surroundings } from '../drill.js';
import { judgeCommands } from '../check/commands.js';
import { gather } from '../evidence.js';
import { heldIn, judge, type RoundReport } from './judgement.js';
import { readOptions, type KillOptions } from './options.js';
import { playRound } from './round.js';
import type { Stage } from '../installation/stage.js';

/**
 * Kills API and worker under load, and looks whether every acknowledged command is in the log once and every rung of
 * every deadline was reached once. The same without idempotency keys must find doubles: a drill that can't fail shows
 * nothing.
 */
export const killDrill: Drill = async (args, surroundings) => {
  const options = readOptions(args);
  const stages: Stage[] = [];
  const started = performance.now();
  try {
    const { backends, withoutKeys } = await play(options, stages, surroundings);
    const rounds = Object.values(backends);
    const report = {
      ...sumOf(rounds),
      backends,
      withoutKeys,
      seconds: Math.round((performance.now() - started) / 1000),
    };
    if (withoutKeys.doubled === 0) surroundings.say('Without keys nothing was doubled: this run proves nothing');
    return { passed: rounds.every(heldIn) && withoutKeys.doubled > 0, report };
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
};

/** One round comes to rest, which takes minutes for notices whose sender was killed, while the next is under load. */
async function play({ backends, kills, killsWithoutKeys }: KillOptions, stages: Stage[], around: Surroundings) {
  const judging: [string, Promise<RoundReport>][] = [];
  for (const backend of backends) {
    const round = await playRound({ backend, kills, keys: true }, stages, around);
    const report = judge(round, around);
    report.catch(() => undefined); // told when it is awaited
    judging.push([backend, report]);
  }
  const withoutKeys = await playWithoutKeys(killsWithoutKeys, stages, around);
  const reports: Record<string, RoundReport> = {};
  for (const [backend, report] of judging) reports[backend] = await report;
  return { backends: reports, withoutKeys };
}

/** Only doubles are looked for: what is asked twice must be seen to happen twice. */
async function playWithoutKeys(kills: number, stages: Stage[], around: Surroundings) {
  const { stage, ledger, killing } = await playRound({ backend: 'postgresql', kills, keys: false }, stages, around);
  await stage.stop();
  const { acknowledged, doubled } = judgeCommands(ledger.commands, (await gather(stage)).events);
  return { kills: killing.kills, acknowledged, doubled: doubled.length };
}

function sumOf(rounds: readonly RoundReport[]) {
  const sum = (of: (round: RoundReport) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    escalations: {
      due: sum(({ escalations }) => escalations.due),
      raised: sum(({ escalations }) => escalations.raised),
      lost: sum(({ escalations }) => escalations.lost),
      doubled: sum(({ escalations }) => escalations.doubled),
    },
    kills: sum(({ kills }) => kills),
    minAcknowledgedPerKill: Math.min(...rounds.map((round) => round.minAcknowledgedPerKill)),
  };
}
