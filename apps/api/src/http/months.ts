import { field, type Rule } from './field.js';

const monthRule: Rule = (value) =>
  typeof value === 'string' && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(value) ? undefined : { code: 'invalid' };

/** Which months are asked about, both included. */
export class MonthsAsked {
  @field(monthRule, { type: String, example: '2026-01', description: 'First month' })
  from!: string;

  @field(monthRule, { type: String, example: '2026-12', description: 'Last month' })
  to!: string;
}
