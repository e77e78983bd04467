import { policy, relations } from '#libs/access';

import { firstDifference, firstWordDifference, worldsOf } from '../../policy/differences.js';

/** One thing less in the policy, and how to put it back. */
interface Mutant {
  readonly name: string;
  /** @returns how to undo it */
  readonly apply: () => () => void;
}

type Lists = Record<string, unknown[]>;

/** Every row without which the table can be, every word in a row, and every relation that holds never or always. */
function* mutants(): Generator<Mutant> {
  for (const [action, rows] of Object.entries(policy as unknown as Record<string, Lists[]>)) {
    for (const [index, row] of rows.entries()) {
      yield { name: `${action} row ${index}`, apply: () => without(rows, index) };
      for (const [name, words] of Object.entries(row)) {
        for (const [at, word] of words.entries()) {
          yield {
            name: `${action} row ${index}: ${name} without ${String(word)}`,
            apply: () =>
              replaced(
                row,
                name,
                words.filter((_, each) => each !== at),
              ),
          };
        }
      }
    }
  }
  for (const relation of Object.keys(relations)) {
    for (const holds of [false, true]) {
      if (relation === 'nation' && holds) continue;
      const table = relations as unknown as Record<string, unknown>;
      yield {
        name: `${relation} holds ${holds ? 'always' : 'never'}`,
        apply: () => replaced(table, relation, () => holds),
      };
    }
  }
}

export interface RowReport {
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: string[];
}

/** Takes one thing after the other out of the policy, and looks whether the worlds that tests ask about tell. */
export function killRows(stop: AbortSignal): RowReport {
  const worlds = worldsOf(5_000);
  if (firstDifference(worlds) !== undefined) throw new Error('the policy differs before anything is taken out of it');
  const survivors: string[] = [];
  let count = 0;
  for (const { name, apply } of mutants()) {
    stop.throwIfAborted();
    const undo = apply();
    count += 1;
    if (firstDifference(worlds) === undefined && firstWordDifference(worlds) === undefined) survivors.push(name);
    undo();
  }
  return { mutants: count, killed: count - survivors.length, survivors };
}

function without<T>(list: T[], index: number): () => void {
  const [taken] = list.splice(index, 1);
  return () => void list.splice(index, 0, taken as T);
}

function replaced(of: Record<string, unknown>, name: string, value: unknown): () => void {
  const before = of[name];
  of[name] = value;
  return () => {
    of[name] = before;
  };
}
