import { isInstant, isLocalDate } from '#libs/calendar';

import type { Complaint } from './field-errors.js';
import type { Rule } from './field.js';

/** Characters; a page of a report fits into one field ten times. */
export const longestText = 20_000;
export const longestCode = 100;

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/**
 * Codes of pathways, agencies and staff: `A_OCSEA@1.0.0`, `DA05#1`, `CH-OSVY:0102`. Codes stand in clear, so they have
 * no spaces and no Khmer letters: whoever writes a child's name into such a field is told so.
 */
const codeShape = /^[A-Za-z0-9][A-Za-z0-9_.:@#/*+-]*$/;

export const wrongType: Complaint = { code: 'wrong_type' };

export const isUuid = (text: string): boolean => uuidShape.test(text);

/** A name that every object answers to (`constructor`, `toString`) is no code: looked up in a table, it would be found. */
export const isCode = (text: string): boolean =>
  text.length <= longestCode && codeShape.test(text) && !(text in Object.prototype);

const textRule =
  (check: (text: string) => Complaint | undefined): Rule =>
  (value) =>
    typeof value === 'string' ? check(value) : wrongType;

export const uuidRule = textRule((text) =>
  isUuid(text)
    ? undefined
    : { code: 'invalid', message: { en: 'is not a UUID in lower case', km: 'មិនមែនជា UUID អក្សរតូច' } },
);

export const codeRule = textRule((text) => {
  if (text.length > longestCode) return { code: 'too_long' };
  return isCode(text) ? undefined : { code: 'invalid', message: { en: 'is not a code', km: 'មិនមែនជាកូដ' } };
});

export const wordsRule = (longest: number): Rule =>
  textRule((text) => {
    if (text.length > longest) return { code: 'too_long' };
    return text.trim() === '' ? { code: 'missing' } : undefined;
  });

export const dayRule = textRule((text) =>
  isLocalDate(text)
    ? undefined
    : { code: 'invalid', message: { en: 'is not a day, YYYY-MM-DD', km: 'មិនមែនជាថ្ងៃ YYYY-MM-DD' } },
);

export const momentRule = textRule((text) =>
  isInstant(text)
    ? undefined
    : {
        code: 'invalid',
        message: {
          en: 'is not a time with its offset, such as 2026-03-14T09:30:00+07:00',
          km: 'មិនមែនជាពេលវេលាដែលមានល្វែងម៉ោង ដូចជា 2026-03-14T09:30:00+07:00',
        },
      },
);

export const oneOfRule = (allowed: readonly string[]): Rule =>
  textRule((text) => {
    if (allowed.includes(text)) return undefined;
    const list = allowed.join(', ');
    return { code: 'invalid', message: { en: `is none of ${list}`, km: `មិនមែនជាជម្រើសណាមួយក្នុងចំណោម ${list}` } };
  });

export const flagRule: Rule = (value) => (typeof value === 'boolean' ? undefined : wrongType);

export const listRule =
  (item: Rule, most: number): Rule =>
  (value) => {
    if (!Array.isArray(value)) return wrongType;
    if (value.length > most) return { code: 'out_of_range' };
    return value.map(item).find((complaint) => complaint !== undefined);
  };

export const objectRule: Rule = (value) => (isPlainObject(value) ? undefined : wrongType);

/** A table from codes to values: facts, scores. */
export const tableRule =
  (entry: Rule, most: number): Rule =>
  (value) => {
    if (!isPlainObject(value)) return wrongType;
    const entries = Object.entries(value);
    if (entries.length > most) return { code: 'out_of_range' };
    if (!entries.every(([name]) => isCode(name))) return { code: 'unknown' };
    return entries.map(([, each]) => entry(each)).find((complaint) => complaint !== undefined);
  };

/** Facts are stored in clear: codes, numbers and yes or no, never words about a person. */
export const factRule: Rule = (value) => {
  if (typeof value === 'string') return value.length > longestCode ? { code: 'too_long' } : undefined;
  return typeof value === 'boolean' || numberRule(value) === undefined ? undefined : wrongType;
};

/** A number of things: whole, not negative, and not beyond what there can be. */
export const countRule =
  (most: number): Rule =>
  (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType;
    return value >= 0 && value <= most ? undefined : { code: 'out_of_range' };
  };

export const numberRule: Rule = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? undefined : wrongType;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
