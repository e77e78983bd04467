import { parseArgs } from 'node:util';
import { append } from './append.js';
import { exchange } from './exchange.js';
import type { Benchmark, Figures } from './figures.js';
import { guarded } from './guarded.js';
import { loop } from './loop.js';
import { pull } from './pull.js';
import { roster } from './roster.js';
import { walk } from './walk.js';

/** Every benchmark by the name that it is called with. */
const benchmarks = new Map<string, Benchmark>([
  ['append', append],
  ['exchange', exchange],
  ['guarded', guarded],
  ['loop', loop],
  ['pull', pull],
  ['roster', roster],
  ['walk', walk],
]);

const limitMissed = 1;
const wrongCall = 2;

const call = readCall();
const benchmark = benchmarks.get(call.name ?? '');
if (benchmark === undefined) {
  tell(`Call: npm run bench -- NAME [--json], where NAME is one of: ${[...benchmarks.keys()].join(', ')}`);
  process.exitCode = wrongCall;
} else {
  const found = await benchmark(tell);
  process.stdout.write(call.json ? `${JSON.stringify(told(found))}\n` : table(found));
  if (!isWithin(found)) process.exitCode = limitMissed;
}

function readCall(): { name?: string | undefined; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    return positionals.length === 1 ? { name: positionals[0], json: values.json } : { json: false };
  } catch {
    return { json: false };
  }
}

function told(found: Figures): object {
  const { figures, targets, limits } = found;
  return limits === undefined ? { ...figures, targets } : { ...figures, targets: limits, within: isWithin(found) };
}

function isWithin({ figures, limits = {} }: Figures): boolean {
  return Object.entries(limits).every(([name, limit]) => (figures[name] ?? Infinity) <= limit);
}

function table({ figures, targets, limits = {} }: Figures): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  const lines = Object.entries(figures).map(([name, figure]) => {
    const verdict = verdictOn(figure, { least: targets[name], most: limits[name] });
    return `${name.padEnd(width)}  ${String(figure).padStart(8)}${verdict}\n`;
  });
  return lines.join('');
}

interface Bounds {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

function verdictOn(figure: number, { least, most }: Bounds): string {
  if (least !== undefined) return `   at least ${least}: ${figure >= least ? 'met' : 'missed'}`;
  return most === undefined ? '' : `   at most ${most}: ${figure <= most ? 'met' : 'missed'}`;
}

function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}
