import type { Random } from '#libs/demonstration';

import { khmerStrings } from './khmer-strings.js';
import { naughtyStrings } from './naughty-strings.js';
import type { Pool } from './pool.js';

/** JSON Schema, as far as the description of the interface uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Words of the domain by the field they belong in, so that some of what is said means something. */
const plausible: Readonly<Record<string, readonly string[]>> = {
  kind: ['CASE_NOTE', 'CONSENT_SERVICES', 'CONSENT_SHARING', 'SUPERVISION'],
  pathway: ['A_OCSEA', 'B_DIVERSION', 'C_REINTEGRATION'],
  transition: ['A01', 'A02', 'A03', 'B01', 'B02', 'C01', 'C02'],
  guard: ['A01.2', 'A02.1', 'B02.1', 'C02.1'],
  code: ['INTAKE_REPORT', 'CASE_PLAN', 'BIA', 'CHILD_VIEWS'],
  service: ['counselling_trauma', 'PEP', 'legal_support_representation'],
  toAgency: ['NGO-ONE', 'ngo-bridge', 'counselling-calm'],
  agency: ['NGO-ONE', 'ngo-bridge', 'osvy-1201', 'OSVY-0801'],
  province: ['08', '12', '17'],
  district: ['0801', '1202'],
  language: ['km', 'en'],
  track: ['DIGITAL', 'HEALTH', 'JUSTICE'],
};
const anyPlausible = Object.values(plausible).flat();

/** Values that a schema allows, and values that nobody should. */
export class Values {
  constructor(
    private readonly random: Random,
    private readonly pool: Pool,
    private readonly resolve: (ref: string) => Schema,
  ) {}

  /** @param name of the field or parameter; ids that were met under such a name are used again */
  valid(schema: Schema, name: string): unknown {
    if (schema.$ref !== undefined) return this.valid(this.resolve(schema.$ref), name);
    const choice = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    if (choice !== undefined && choice.length > 0) return this.valid(this.random.pick(choice), name);
    if (schema.enum !== undefined) return this.random.pick(schema.enum);
    switch (schema.type) {
      case 'object':
        return this.#object(schema);
      case 'array':
        return Array.from({ length: this.random.integer(0, 3) }, () => this.valid(schema.items ?? {}, name));
      case 'integer':
        return this.random.integer(schema.minimum ?? 0, Math.min(schema.maximum ?? 100, 1_000));
      case 'number':
        return this.random.integer(0, 100) / 10;
      case 'boolean':
        return this.random.chance(0.5);
      default:
        return this.text(schema, name);
    }
  }

  text({ format }: Schema, name: string): string {
    const met = this.pool.of(name);
    if (met.length > 0 && this.random.chance(0.7)) return this.random.pick(met);
    if (format === 'uuid') return `0190a6f0-0000-7000-8000-${String(this.random.integer(0, 999)).padStart(12, '0')}`;
    if (format === 'date')
      return `20${this.random.integer(10, 26)}-0${this.random.integer(1, 9)}-1${this.random.integer(0, 9)}`;
    if (format === 'date-time')
      return `2026-0${this.random.integer(1, 9)}-1${this.random.integer(0, 9)}T08:30:00+07:00`;
    const known = plausible[name];
    if (known !== undefined && this.random.chance(0.8)) return this.random.pick(known);
    return this.random.pick(this.random.chance(0.5) ? anyPlausible : khmerStrings);
  }

  /** Anything at all, of any type. */
  naughty(depth = 0): unknown {
    const strange = [
      () => this.naughtyText(),
      () => this.naughtyText(),
      () => this.random.pick(strangeNumbers),
      () => null,
      () => this.random.chance(0.5),
      () => [],
      () => ({}),
      () => [this.naughtyText(), 1, null],
      () => (depth > 3 ? 'deep' : { [this.naughtyText().slice(0, 200)]: this.naughty(depth + 1) }),
      () => (depth > 3 ? 'deep' : [this.naughty(depth + 1), this.naughty(depth + 1)]),
      () => JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown,
      () => Array.from({ length: 500 }, (_, index) => index),
    ];
    return this.random.pick(strange)();
  }

  naughtyText(): string {
    return this.random.pick(this.random.chance(0.3) ? khmerStrings : naughtyStrings);
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema): Record<string, unknown> {
    const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || this.random.chance(0.25));
    const made = chosen.map(([name, schema]) => [name, this.valid(schema, name)]);
    if (typeof additionalProperties === 'object')
      made.push([this.random.pick(anyPlausible), this.valid(additionalProperties, '')]);
    return Object.fromEntries(made) as Record<string, unknown>;
  }
}

const strangeNumbers = [
  0,
  -0,
  -1,
  0.1,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  22012,
  -5000,
];
