import { isIP } from 'node:net';

import { serviceScopes } from '#libs/identities';

import { field } from '../http/field.js';
import { Code, optional, Words } from '../http/fields.js';
import { countRule, listRule, oneOfRule } from '../http/rules.js';
import type { Rule } from '../http/field.js';

const scopes = Object.keys(serviceScopes);
const scopesAtMost = 20;
const networksAtMost = 20;
const largestBudget = 10_000_000;

const networkRule: Rule = (value) => {
  if (typeof value !== 'string') return { code: 'wrong_type' };
  const [network = '', bits = ''] = value.split('/');
  const widest = { 4: 32, 6: 128 }[isIP(network)];
  if (widest !== undefined && !network.includes('%') && /^\d{1,3}$/.test(bits) && Number(bits) <= widest)
    return undefined;
  return {
    code: 'invalid',
    message: { en: 'is not a network such as 192.0.2.0/24', km: 'មិនមែនជាបណ្តាញ ដូចជា 192.0.2.0/24' },
  };
};

const budgetDescription = 'Records it may be told or write on one day';
const budgetRule: Rule = (value) => (value === 0 ? { code: 'out_of_range' } : countRule(largestBudget)(value));

const idRule: Rule = (value) =>
  typeof value === 'string' && /^svc-[a-z0-9-]{1,60}$/.test(value)
    ? undefined
    : { code: 'invalid', message: { en: 'does not begin with svc-', km: 'មិនចាប់ផ្តើមដោយ svc-' } };

export class NewServiceAsked {
  @field(idRule, {
    type: String,
    pattern: '^svc-[a-z0-9-]{1,60}$',
    description: 'Id of the program, beginning with svc-',
  })
  id!: string;

  @Code("Agency on whose behalf it calls; the caller's own when absent", optional)
  agency?: string;

  @Words('What the program does', { longest: 200 })
  title!: string;

  @field(listRule(oneOfRule(scopes), scopesAtMost), {
    type: String,
    isArray: true,
    enum: scopes,
    description: 'Groups of routes it may use',
  })
  scopes!: string[];

  @field(
    listRule(networkRule, networksAtMost),
    { type: String, isArray: true, description: 'Networks it calls from; any, when absent' },
    optional,
  )
  addresses?: string[];

  @field(budgetRule, { type: 'integer', minimum: 1, maximum: largestBudget, description: budgetDescription })
  dailyRecords!: number;
}
