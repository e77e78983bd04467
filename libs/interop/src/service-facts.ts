import type { FactValue } from '#libs/pathways';
import type { ForeignSystem, KnownCase, ReceivedRecord, ReferralStatus } from '#libs/cases';
import { present } from './objects.js';

/**
 * What a system says of one service beyond what a referral holds, kept among the facts of its record under
 * `services/<key>/<field>`: codes, ids and dates only.
 */
export type ServiceFacts = Record<string, FactValue | undefined>;

export const serviceFacts = (key: string, fields: ServiceFacts): ReceivedRecord['facts'] =>
  Object.fromEntries(
    Object.entries(present(fields)).map(([field, value]) => [factName(key, field), value as FactValue]),
  );

/** Reads the kept facts of one referral; finds nothing for a referral that did not come from that system. */
export function serviceFactReader(
  { foreign }: KnownCase,
  { system, key }: ReferralStatus,
  from: ForeignSystem,
): (field: string) => string | undefined {
  return (field) => {
    if (system !== from || key === undefined) return undefined;
    return textOf(foreign[from]?.facts[factName(key, field)]);
  };
}

/** A fact of the case, told by that system. */
export const caseFact = ({ foreign }: KnownCase, from: ForeignSystem, field: string): string | undefined =>
  textOf(foreign[from]?.facts[field]);

const factName = (key: string, field: string): string => `services/${key}/${field}`;

const textOf = (value: FactValue | string[] | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
