import type { Random } from '#libs/demonstration';

import { encoded } from './encoded.js';
import type { FuzzRequest } from './exchange.js';
import { wireFaults } from './wire-faults.js';
import { jsonTorture } from './json-torture.js';
import { operationsOf, resolverOf, type Description, type Operation, type Parameter } from './openapi.js';
import type { Pool } from './pool.js';
import { Values } from './values.js';

type Body = Record<string, unknown>;

/** How often each kind of request is made. */
const kinds = [
  ['valid', 35],
  ['mutated', 35],
  ['torture', 10],
  ['address', 10],
  ['wire', 10],
] as const;

/** What would end the callers' own sessions is asked by nobody in particular: all that comes after would be refused. */
const endsSessions =
  /^(?:DELETE \/api\/v1\/sessions|PUT \/api\/v1\/(?:accounts\/me\/password|staff)|POST \/api\/v1\/(?:staff|joining))/;

/** Makes requests out of the description of the interface; the same seed and answers make the same ones. */
export class RequestMaker {
  readonly #random: Random;
  readonly #operations: readonly Operation[];
  readonly #values: Values;
  readonly #callers: readonly Readonly<Record<string, string>>[];

  /** @param callers headers that prove who asks, one set for each */
  constructor(
    description: Description,
    random: Random,
    pool: Pool,
    callers: readonly Readonly<Record<string, string>>[],
  ) {
    this.#random = random;
    this.#operations = operationsOf(description);
    this.#values = new Values(random, pool, resolverOf(description));
    this.#callers = callers;
  }

  next(): FuzzRequest {
    const kind = this.#random.weighted(kinds);
    const request = this.#describedRequest(this.#random.pick(this.#operations), kind);
    return kind === 'wire' ? { ...this.#random.pick(wireFaults)(request), kind } : request;
  }

  #describedRequest({ method, path, parameters, body: schema }: Operation, kind: FuzzRequest['kind']): FuzzRequest {
    const spoiled = (chance: number): boolean => kind === 'address' && this.#random.chance(chance);
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const known = parameters.find((each) => each.name === name);
      return encoded(spoiled(0.5) ? this.#values.naughtyText() : this.#values.text(known?.schema ?? {}, name));
    });
    const query = this.#query(parameters, kind);
    return {
      method,
      url: query === '' ? address : `${address}?${query}`,
      headers: {
        ...(endsSessions.test(`${method} ${path}`) ? {} : this.#headers(parameters, kind)),
        ...this.#contentType(method),
      },
      ...(method === 'GET' ? {} : { body: this.#body(schema, kind) }),
      kind,
    };
  }

  #query(parameters: readonly Parameter[], kind: FuzzRequest['kind']): string {
    const asked = parameters
      .filter((each) => each.in === 'query' && (each.required === true || this.#random.chance(0.4)))
      .map(({ name, schema = {} }) => [
        name,
        kind === 'address' ? this.#values.naughtyText() : String(this.#values.valid(schema, name)),
      ]);
    if (kind === 'address' && this.#random.chance(0.3))
      asked.push([this.#values.naughtyText(), this.#values.naughtyText()]);
    return asked.map(([name = '', value = '']) => `${encoded(name)}=${encoded(value)}`).join('&');
  }

  #headers(parameters: readonly Parameter[], kind: FuzzRequest['kind']): Record<string, string> {
    const conditions = parameters
      .filter((each) => each.in === 'header' && this.#random.chance(0.2))
      .map(({ name }) => [name.toLowerCase(), this.#condition(name, kind)]);
    return { ...this.#random.pick(this.#callers), ...(Object.fromEntries(conditions) as Record<string, string>) };
  }

  #condition(name: string, kind: FuzzRequest['kind']): string {
    if (kind === 'mutated' && this.#random.chance(0.5)) return printable(this.#values.naughtyText());
    return name === 'If-Match' ? `"${this.#random.integer(1, 40)}"` : `key-${this.#random.integer(1, 50_000)}`;
  }

  #contentType(method: string): Record<string, string> {
    return method === 'GET' ? {} : { 'content-type': 'application/json' };
  }

  #body(schema: Operation['body'], kind: FuzzRequest['kind']): string | Buffer {
    if (kind === 'torture') return this.#random.pick(jsonTorture);
    const body = schema === undefined ? {} : this.#values.valid(schema, '');
    return JSON.stringify(kind === 'mutated' ? this.#mutated(body as Body) : body);
  }

  /** One or more members changed, taken away, added or put somewhere else. */
  #mutated(body: Body): unknown {
    const mutant: Body = { ...body };
    for (let round = this.#random.integer(1, 3); round > 0; round -= 1) {
      const names = Object.keys(mutant);
      const name =
        names.length === 0 || this.#random.chance(0.1)
          ? this.#values.naughtyText().slice(0, 200)
          : this.#random.pick(names);
      const inner = mutant[name];
      if (isObject(inner) && this.#random.chance(0.6)) mutant[name] = this.#mutated(inner);
      else if (this.#random.chance(0.1)) Reflect.deleteProperty(mutant, name);
      else mutant[name] = this.#random.chance(0.5) ? this.#values.naughtyText() : this.#values.naughty();
    }
    return this.#random.chance(0.03) ? [mutant] : mutant;
  }
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an HTTP client lets through in a header. */
const printable = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?');
