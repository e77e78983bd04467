import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkoutDirectory } from '#libs/configuration';

/** How long a program may take to finish what it has begun. */
const stopPatienceMs = 10_000;

/** One program of Spean, run as a child process that does not outlive its supervisor. */
export class Child {
  readonly name: string;
  readonly #log: string;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  /**
   * @param name what it is called
   * @param program compiled file, as a path within the checkout's `dist`
   * @param log file for what the program says; made anew
   */
  constructor(name: string, program: string, log: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.#log = log;
    const output = openSync(log, 'w', 0o600);
    this.#process = fork(path.join(checkoutDirectory(), 'dist', program), {
      env,
      execArgv: ['--enable-source-maps', '--import', new URL('end-with-parent.js', import.meta.url).href],
      stdio: ['ignore', output, output, 'ipc'],
      detached: true, // Ctrl-C in a terminal reaches the supervisor alone, which stops things in order
    });
    closeSync(output);
    this.#ended = once(this.#process, 'exit');
  }

  /** Rejects when the program ends: as long as nobody stops it, it should not. */
  async unexpectedEnd(): Promise<never> {
    await this.#ended;
    const lastWords = readFileSync(this.#log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`The ${this.name} ended by itself (${this.#outcome()}). Its last words:\n${lastWords}`);
  }

  /** Resolves when the program has ended. `forced` cuts the orderly end short. */
  async stop(forced: AbortSignal): Promise<void> {
    const kill = () => this.#process.kill('SIGKILL');
    const patience = setTimeout(kill, stopPatienceMs);
    forced.addEventListener('abort', kill);
    this.#process.kill('SIGTERM');
    if (forced.aborted) kill();
    await this.#ended;
    clearTimeout(patience);
    forced.removeEventListener('abort', kill);
  }

  #outcome(): string {
    return this.#process.signalCode ?? `exit code ${this.#process.exitCode ?? 'unknown'}`;
  }
}
