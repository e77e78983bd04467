import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { checkoutDirectory } from '#libs/configuration';

export type ProgramName = 'api' | 'worker';

const startPatienceMs = 120_000;
const stopPatienceMs = 10_000;

/** The API or the worker as a process of its own, which can be killed and started again. */
export class Program {
  readonly name: ProgramName;
  /** Milliseconds that each start took. */
  readonly startsMs: number[] = [];
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: string;
  #process: ChildProcess | undefined;
  #running = gate();

  /** @param folder where its log is kept */
  constructor(name: ProgramName, env: NodeJS.ProcessEnv, folder: string) {
    this.name = name;
    this.#env = env;
    this.#log = path.join(folder, `${name}.log`);
  }

  /** @throws Error with its last words when it ends instead of starting */
  async start(): Promise<void> {
    const started = performance.now();
    const log = openSync(this.#log, 'a', 0o600);
    const child = fork(path.join(checkoutDirectory(), 'dist', 'apps', this.name, 'src', 'main.js'), {
      env: this.#env,
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
      detached: true, // Ctrl-C in a terminal reaches the drill alone, which stops things in order
    });
    closeSync(log);
    this.#process = child;
    // Its only message says that it is ready.
    await Promise.race([once(child, 'message'), this.#endsEarly(child)]);
    this.startsMs.push(performance.now() - started);
    this.#running.open();
  }

  /** Resolves when it runs: at once, or after the next start. */
  running(): Promise<void> {
    return this.#running.opened;
  }

  /** `kill -9`, with whatever it is doing. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    const forced = setTimeout(() => this.#process?.kill('SIGKILL'), stopPatienceMs);
    await this.#end('SIGTERM');
    clearTimeout(forced);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    this.#running = gate();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async #endsEarly(child: ChildProcess): Promise<never> {
    const patience = AbortSignal.timeout(startPatienceMs);
    await once(child, 'exit', { signal: patience }).catch(() => undefined);
    const lastWords = readFileSync(this.#log, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
    throw new Error(`The ${this.name} did not start. Its last words:\n${lastWords}`);
  }
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
