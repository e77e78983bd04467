/** How many values of one name are remembered. */
const most = 300;
/** Values longer than a code or an id are no key to anything. */
const longest = 100;

/** Ids and codes that answers held, by the name under which they stood, so that later requests can use them. */
export class Pool {
  readonly #met = new Map<string, string[]>();

  /** What was met as `caseId` may also stand as the `id` of something. */
  of(name: string): readonly string[] {
    const own = this.#met.get(name) ?? [];
    return own.length === 0 && name.endsWith('Id') ? (this.#met.get('id') ?? []) : own;
  }

  add(name: string, value: string): void {
    if (value.length > longest || value === '') return;
    const values = this.#met.get(name) ?? [];
    if (values.length < most && !values.includes(value)) this.#met.set(name, [...values, value]);
  }

  /** Takes up everything in an answer that could be a key to something. */
  learn(answer: unknown, name = ''): void {
    if (typeof answer === 'string') this.add(name, answer);
    else if (Array.isArray(answer)) for (const each of answer.slice(0, 20)) this.learn(each, name);
    else if (typeof answer === 'object' && answer !== null) {
      for (const [key, value] of Object.entries(answer)) this.learn(value, key);
    }
  }
}
