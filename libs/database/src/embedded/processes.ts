import { readFileSync } from 'node:fs';
import { errorCode } from './error-code.js';

/**
 * A process, told from a later one that was given the same number: `pid`, then the kernel's start tick where the
 * system shows it. Short enough to be a file name.
 */
export type ProcessIdentity = `${number}-${string}`;

/** Nothing when no such process runs. A zombie has ended: only its parent has not noticed yet. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (process.platform !== 'linux') return answersSignals(pid) ? `${pid}-` : undefined;
  const [state, startTick] = readStatus(pid);
  return state === undefined || state === 'Z' ? undefined : `${pid}-${startTick ?? ''}`;
}

export function isRunning(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && identify(pid) === identity;
}

export function ownIdentity(): ProcessIdentity {
  return identify(process.pid) ?? `${process.pid}-`;
}

/** Waits until a process has ended. Answers false when it still runs after `patienceMs`. */
export async function hasEnded(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (identify(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await pause(25);
  }
  return true;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it runs, as somebody else
  }
}

/** State letter and start tick: fields 3 and 22 of `/proc/<pid>/stat`, counted after the name, which may hold blanks. */
function readStatus(pid: number): readonly [state?: string, startTick?: string] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [fields[0] ?? '', fields[19] ?? ''];
  } catch {
    return [];
  }
}
