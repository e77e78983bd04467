import { groupBy, type LoggedEvent } from './logged-event.js';
import { traceIn, traceOf, type CommandKind } from './traces.js';

/** A command as its writer remembers it. */
export interface SentCommand {
  readonly kind: CommandKind;
  readonly mark: string;
  /** Event types of the answer; absent: it was never acknowledged. */
  readonly acknowledged?: readonly string[];
}

export interface CommandVerdict {
  readonly acknowledged: number;
  /** Acknowledged, and not in the log. */
  readonly lost: readonly string[];
  /** In the log more than once, acknowledged or not. */
  readonly doubled: readonly string[];
  /** In the log with fewer or other events than such a command leaves. */
  readonly torn: readonly string[];
}

/** Compares what the writers were told with what the log holds. */
export function judgeCommands(sent: readonly SentCommand[], events: readonly LoggedEvent[]): CommandVerdict {
  const found = groupBy(events, (event) => traceIn(event) ?? '');
  const whole = wholeCommands(sent);
  const typesOf = eventTypesByCommand(events);
  const [lost, doubled, torn]: [string[], string[], string[]] = [[], [], []];
  for (const command of sent) {
    const trace = traceOf(command.kind, command.mark);
    const hits = found.get(trace) ?? [];
    if (hits.length === 0 && command.acknowledged !== undefined) lost.push(trace);
    if (hits.length > 1) doubled.push(trace);
    const expected = command.acknowledged === undefined ? whole.get(command.kind) : [command.acknowledged.join()];
    const left = hits.map((event) => typesOf.get(commandOf(event)) ?? '');
    if (expected !== undefined && left.some((types) => !expected.includes(types))) torn.push(trace);
  }
  return { acknowledged: sent.filter((command) => command.acknowledged !== undefined).length, lost, doubled, torn };
}

const commandOf = ({ streamId, commandId }: LoggedEvent): string => `${streamId} ${commandId}`;

/** What a whole command of each kind leaves, as told by the acknowledged ones: nobody was told of the others. */
function wholeCommands(sent: readonly SentCommand[]): Map<CommandKind, string[]> {
  const whole = new Map<CommandKind, string[]>();
  for (const { kind, acknowledged } of sent) {
    if (acknowledged !== undefined) whole.set(kind, [...(whole.get(kind) ?? []), acknowledged.join()]);
  }
  return new Map([...whole].map(([kind, types]) => [kind, [...new Set(types)]]));
}

/** A command whose events do not follow each other without a gap has no such list, and counts as torn. */
function eventTypesByCommand(events: readonly LoggedEvent[]): Map<string, string> {
  const types = new Map<string, string>();
  for (const [command, parts] of groupBy(events, commandOf)) {
    const ordered = [...parts].sort((one, other) => one.commandOrd - other.commandOrd);
    const first = ordered[0]?.version ?? 0;
    const gapless = ordered.every(
      ({ commandOrd, version }, index) => commandOrd === index && version === first + index,
    );
    if (gapless) types.set(command, ordered.map(({ type }) => type).join());
  }
  return types;
}
