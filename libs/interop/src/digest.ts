import { createHash } from 'node:crypto';
import { isObject } from './objects.js';

type Step = { write: string } | { value: unknown };

/**
 * SHA-256 (hex) over the canonical JSON of a record as received. Key order and spacing make no difference; any value,
 * even one we don't read, does. Works without recursion, so that a maliciously deep record can't exhaust the stack.
 */
export function digestOf(record: unknown): string {
  const hash = createHash('sha256');
  const steps: Step[] = [{ value: record }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('write' in step) hash.update(step.write);
    else if (Array.isArray(step.value)) steps.push(...enclosed('[', ']', step.value.map(item)).reverse());
    else if (isObject(step.value)) steps.push(...enclosed('{', '}', entries(step.value)).reverse());
    else hash.update(step.value === undefined ? 'null' : JSON.stringify(step.value));
  }
  return hash.digest('hex');
}

const item = (value: unknown): Step[] => [{ value }];

const entries = (value: Record<string, unknown>): Step[][] =>
  Object.keys(value)
    .sort()
    .map((key) => [{ write: `${JSON.stringify(key)}:` }, { value: value[key] }]);

function enclosed(open: string, close: string, parts: Step[][]): Step[] {
  const inside = parts.flatMap((part, index) => (index === 0 ? part : [{ write: ',' }, ...part]));
  return [{ write: open }, ...inside, { write: close }];
}
