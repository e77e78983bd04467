import { earliestOf, isInstant, isLocalDate, parseInstant, ageOn, type LocalDate } from '#libs/calendar';
import { ageBandOf, birthDateOf, type PersonDetails, type PersonIdentity, type Sex } from '#libs/cases';
import type { FactDefinition, FactValue, ResidenceDefinition } from '#libs/pathways';

/** What a row may say of a child besides the facts of the pathway. */
const nameColumns = ['familyNameKm', 'givenNameKm', 'familyNameLatin', 'givenNameLatin', 'nickname'] as const;
const ownColumns: readonly string[] = ['facility', 'rosterNumber', 'sex', 'birthDate', ...nameColumns];

/** Characters; as long as the interface takes names. */
const longestName = 200;
const numberShape = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,49}$/u;

const sexes: Record<string, Sex> = {
  female: 'female',
  f: 'female',
  ស្រី: 'female',
  ស: 'female',
  male: 'male',
  m: 'male',
  ប្រុស: 'male',
  ប: 'male',
  other: 'other',
  unknown: 'unknown',
};

/** What rows are read against. */
export interface RosterRules {
  facts: Record<string, FactDefinition>;
  residence: ResidenceDefinition;
  /** Absent: each row names its own. */
  facility?: string | undefined;
  today: LocalDate;
  zone: string;
}

/** A child as a roster tells of it. */
export interface RosterRow {
  facility: string;
  rosterNumber: string;
  sex: Sex;
  ageBand: PersonDetails['facts']['ageBand'];
  identity: PersonIdentity;
  facts: Record<string, FactValue>;
}

export type ReadRow = { ok: true; row: RosterRow } | { ok: false; reason: string };

/** Reads one row; what is wrong with it is all told at once, by column, and never quoted. */
export function readRow(given: unknown, rules: RosterRules): ReadRow {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { ok: false, reason: 'row: no record' };
  const cells = new Map(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
  const problems: string[] = [];
  const found = (column: string, problem: string): undefined => void problems.push(`${column}: ${problem}`);

  for (const column of cells.keys()) {
    if (isTold(column, rules.residence)) found(column, 'told by the roster itself');
    else if (!ownColumns.includes(column) && !Object.hasOwn(rules.facts, column))
      found(named(column), 'no such column');
  }
  const facility = facilityOf(cells.get('facility'), rules.facility, found);
  const rosterNumber = textOf(cells.get('rosterNumber'));
  if (rosterNumber === undefined) found('rosterNumber', 'missing');
  else if (!numberShape.test(rosterNumber)) found('rosterNumber', 'not a number of a roster');
  const sex = sexOf(cells.get('sex'), found);
  const identity = identityOf(cells, rules, found);
  const facts = factsOf(cells, rules, found);
  if (problems.length > 0 || facility === undefined || rosterNumber === undefined) {
    return { ok: false, reason: problems.join('; ') };
  }
  const born = birthDateOf(identity);
  const ageBand = ageBandOf(born === undefined ? undefined : ageOn(born, rules.today));
  return { ok: true, row: { facility, rosterNumber, sex, ageBand, identity, facts } };
}

/** Where a child was found, and how, is what a roster says of all its rows. */
const isTold = (column: string, { facility, found }: ResidenceDefinition): boolean =>
  column === facility || Object.hasOwn(found, column);

type Found = (column: string, problem: string) => undefined;
type Cells = ReadonlyMap<string, unknown>;

/** A header may hold anything, a child's name too: what is no name of a column is not repeated. */
const named = (column: string): string => (/^[A-Za-z][A-Za-z0-9]{0,39}$/u.test(column) ? column : 'column');

function facilityOf(value: unknown, expected: string | undefined, found: Found): string | undefined {
  const facility = textOf(value) ?? expected;
  if (facility === undefined) return found('facility', 'missing');
  return expected === undefined || facility === expected ? facility : found('facility', 'another facility');
}

function sexOf(value: unknown, found: Found): Sex {
  if (value === undefined) return 'unknown';
  const sex = sexes[(textOf(value) ?? '').toLowerCase()];
  if (sex === undefined) found('sex', 'not known');
  return sex ?? 'unknown';
}

function identityOf(cells: Cells, { today }: RosterRules, found: Found): PersonIdentity {
  const names = nameColumns.flatMap((column) => {
    const value = cells.get(column);
    if (value === undefined) return [];
    const name = typeof value === 'string' ? value.trim() : '';
    if (name === '' || name.length > longestName) found(column, 'not a name');
    return [[column, name] as const];
  });
  if (names.length === 0) found('givenNameKm', 'a name is missing');
  const birthDate = cells.has('birthDate') ? birthDateIn(cells.get('birthDate'), today, found) : undefined;
  return { ...Object.fromEntries(names), ...(birthDate === undefined ? {} : { birthDate }) };
}

/** As exactly as it is known: a day, a month or a year. */
function birthDateIn(value: unknown, today: LocalDate, found: Found): string | undefined {
  const text = textOf(value) ?? '';
  const whole = `${text}${'-01-01'.slice(Math.max(0, text.length - 4))}`;
  if (!/^\d{4}(?:-\d{2}){0,2}$/u.test(text) || !isLocalDate(whole)) return found('birthDate', 'not a date');
  return whole <= today ? text : found('birthDate', 'in the future');
}

function factsOf(cells: Cells, { facts, residence, zone }: RosterRules, found: Found): Record<string, FactValue> {
  const told = [...cells].filter(([column]) => Object.hasOwn(facts, column) && !isTold(column, residence));
  return Object.fromEntries(
    told.flatMap(([column, value]) => {
      const fact = factIn(value, facts[column] as FactDefinition, zone);
      if (fact === undefined) found(column, 'does not fit');
      return fact === undefined ? [] : [[column, fact]];
    }),
  );
}

const yes = ['true', 'yes', '1', 'បាទ', 'មាន'];
const no = ['false', 'no', '0', 'ទេ', 'គ្មាន'];

/** A value as the fact wants it; spreadsheets know texts alone. */
function factIn(
  value: unknown,
  { type, options, minimum, maximum }: FactDefinition,
  zone: string,
): FactValue | undefined {
  const text = textOf(value) ?? '';
  switch (type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return yes.includes(text.toLowerCase()) ? true : no.includes(text.toLowerCase()) ? false : undefined;
    case 'integer': {
      const number = /^-?\d{1,9}$/u.test(text) ? Number(text) : undefined;
      return number !== undefined && number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity)
        ? number
        : undefined;
    }
    case 'date':
      return isLocalDate(text) ? text : undefined;
    case 'instant':
      // A day counts from its earliest moment, as everywhere.
      if (isLocalDate(text)) return earliestOf(text, 'day', zone);
      return isInstant(text) ? parseInstant(text) : undefined;
    case 'code':
      return options !== undefined && Object.hasOwn(options, text) ? text : undefined;
    case 'text':
      return /^[\w.:@#/*+-]{1,100}$/u.test(text) ? text : undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
