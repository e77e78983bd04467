import { canaryDrill } from './canary/canary-drill.js';
import { WrongCall, type Drill } from './drill.js';
import { exchangeDrill } from './exchange/exchange-drill.js';
import { flushDrill } from './flush/flush-drill.js';
import { fuzzDrill } from './fuzz/fuzz-drill.js';
import { mutantsDrill } from './mutants/mutants-drill.js';
import { killDrill } from './kill/kill-drill.js';
import { tamperDrill } from './tamper/tamper-drill.js';
import { scanDrill } from './scan/scan-drill.js';

const drills: Readonly<Record<string, Drill>> = {
  kill: killDrill,
  flush: flushDrill,
  tamper: tamperDrill,
  canary: canaryDrill,
  fuzz: fuzzDrill,
  scan: scanDrill,
  mutants: mutantsDrill,
  exchange: exchangeDrill,
};

const say = (message: string): void => void process.stderr.write(`${message}\n`);

async function main([name = '', ...args]: string[]): Promise<number> {
  const drill = Object.hasOwn(drills, name) ? drills[name] : undefined;
  if (drill === undefined)
    throw new WrongCall(`Usage: npm run drill -- NAME --json; drills: ${Object.keys(drills).join(', ')}`);
  const stop = new AbortController();
  const interrupted = () => stop.abort(new Error('interrupted'));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const json = args.includes('--json');
  const { passed, report } = await drill(
    args.filter((each) => each !== '--json'),
    { say, stop: stop.signal },
  );
  process.stdout.write(`${JSON.stringify(report, null, json ? 0 : 2)}\n`);
  return passed ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof WrongCall ? 2 : 1);
  },
);
