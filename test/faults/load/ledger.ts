import type { SentCommand } from '../check/commands.js';
import type { CommandKind } from '../check/traces.js';

interface Entry {
  kind: CommandKind;
  mark: string;
  acknowledged?: readonly string[];
}

/** What the writers asked for and what they were told. */
export class Ledger {
  readonly #entries: Entry[] = [];
  #acknowledged = 0;
  #waiting: (() => void)[] = [];

  get commands(): readonly SentCommand[] {
    return this.#entries;
  }

  /** Commands acknowledged so far. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Notes that a command is about to be sent. */
  begin(kind: CommandKind, mark: string): Entry {
    const entry: Entry = { kind, mark };
    this.#entries.push(entry);
    return entry;
  }

  acknowledge(entry: Entry, events: readonly string[]): void {
    entry.acknowledged = events;
    this.#acknowledged += 1;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves with the next acknowledgement. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
