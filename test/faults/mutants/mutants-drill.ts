import { WrongCall, type Drill } from '../drill.js';
import { killGuards } from './guards.js';
import { killRows } from './rows.js';

const least = 0.95;

/**
 * Takes one thing after the other out of the access policy, and looks whether a test tells: rows, words and relations in
 * the worlds that the unit tests ask about, guards and predicates by the matrix and the scenarios.
 */
export const mutantsDrill: Drill = async (args, { say, stop }) => {
  const rest = args.filter((each) => each !== '--json' && each !== '--rows-alone');
  if (rest.length > 0) throw new WrongCall(`mutants knows --rows-alone and --json, not ${rest.join(' ')}`);
  const started = performance.now();
  say('taking rows, words and relations out of the policy');
  const rows = killRows(stop);
  const guards = args.includes('--rows-alone') ? undefined : await killGuards(say, stop);
  const [mutants, killed] = [rows, guards ?? { mutants: 0, killed: 0 }].reduce(
    ([all, dead], each) => [all + each.mutants, dead + each.killed],
    [0, 0],
  );
  const share = killed / mutants;
  const seconds = Math.round((performance.now() - started) / 1_000);
  return {
    passed: share >= least,
    report: { mutants, killed, share: Number(share.toFixed(4)), rows, guards, seconds },
  };
};
