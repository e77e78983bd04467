import { parseArgs } from 'node:util';
import { append } from './append.js';
import type { Benchmark, Figures } from './figures.js';
import { roster } from './roster.js';

/** Every benchmark by the name that it is called with. */
const benchmarks = new Map<string, Benchmark>([
  ['append', append],
  ['roster', roster],
]);

const wrongCall = 2;

const call = readCall();
const benchmark = benchmarks.get(call.name ?? '');
if (benchmark === undefined) {
  tell(`Call: npm run bench -- NAME [--json], where NAME is one of: ${[...benchmarks.keys()].join(', ')}`);
  process.exitCode = wrongCall;
} else {
  const found = await benchmark(tell);
  process.stdout.write(call.json ? `${JSON.stringify({ ...found.figures, targets: found.targets })}\n` : table(found));
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

function table({ figures, targets }: Figures): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  const lines = Object.entries(figures).map(([name, figure]) => {
    const target = targets[name];
    const verdict = target === undefined ? '' : `   at least ${target}: ${figure >= target ? 'met' : 'missed'}`;
    return `${name.padEnd(width)}  ${String(figure).padStart(8)}${verdict}\n`;
  });
  return lines.join('');
}

function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}
