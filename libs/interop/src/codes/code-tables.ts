import type { ReferralState } from '#libs/pathways';
import { AgencyTable, type AgencyRow } from './agency-table.js';
import { provinceUsers } from './province-users.js';
import { serviceCodes, type ServiceCode } from './service-codes.js';
import { ServiceTable } from './service-table.js';
import { readOscarStatus } from '../statuses.js';

/** Rows that administrators add to those that are shipped, or put in their place, by the first field of each. */
export interface CodeEntries {
  readonly services: readonly ServiceCode[];
  readonly agencies: readonly AgencyRow[];
  /** Words that an OSCaR writes for the state of a referral or of a client, beside those of its own code. */
  readonly statuses: readonly StatusWord[];
  /** Who in Primero answers for a province: 25 provinces, each by its two digits. */
  readonly provinces: readonly ProvinceUser[];
}

export interface StatusWord {
  readonly word: string;
  readonly state: ReferralState;
}

export interface ProvinceUser {
  readonly province: string;
  readonly user: string;
}

export type CodeTableName = keyof CodeEntries;

export const noEntries: CodeEntries = { services: [], agencies: [], statuses: [], provinces: [] };

/** What translators look codes up in. */
export interface CodeTables {
  readonly services: ServiceTable;
  readonly agencies: AgencyTable;
  /** Undefined for a word that is no status; then the record needs a person. */
  readonly oscarStatus: (word: string) => ReferralState | undefined;
  /** Undefined for what is no province. */
  readonly userOfProvince: (province: string) => string | undefined;
}

export function codeTables({ services, agencies, statuses, provinces }: CodeEntries): CodeTables {
  const states = new Map(statuses.map(({ word, state }) => [word, state]));
  const users = new Map([
    ...Object.entries(provinceUsers),
    ...provinces.map(({ province, user }) => [province, user] as const),
  ]);
  return {
    services: new ServiceTable(inPlace(serviceCodes, services)),
    agencies: new AgencyTable(agencies),
    oscarStatus: (word) => states.get(word.trim()) ?? readOscarStatus(word),
    userOfProvince: (province) => users.get(province),
  };
}

/** A row keeps its place, for the later of two services of one name is meant where nothing else tells. */
function inPlace(shipped: readonly ServiceCode[], entries: readonly ServiceCode[]): ServiceCode[] {
  const changed = new Map(entries.map((entry) => [entry.code, entry]));
  const known = new Set(shipped.map(({ code }) => code));
  return [...shipped.map((row) => changed.get(row.code) ?? row), ...entries.filter(({ code }) => !known.has(code))];
}

/** The rows that come with the program and nothing else. */
export const shippedCodes: CodeTables = codeTables(noEntries);
