import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** @throws Error with the command to run when a scanner is missing */
export function assertInstalled(...tools: string[]): void {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined);
  if (missing.length === 0) return;
  throw new Error(`The scan needs ${missing.join(' and ')}. Run: sudo apt-get install --yes ${missing.join(' ')}`);
}

/** Runs a scanner to its end, or until it has had its time. @returns what it printed */
export async function runTool(
  command: string,
  args: readonly string[],
  ms: number,
  stop: AbortSignal,
): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([stop, AbortSignal.timeout(ms)]),
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stderr.on('data', (part: Buffer) => (printed += part.toString()));
  child.on('error', () => undefined); // it was stopped, which its missing last words show
  await once(child, 'close').catch(() => undefined);
  return printed;
}
