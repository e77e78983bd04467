import type { CodeTableName } from '#libs/interop';

/** A row that can't be used, by its number from 0 and its field. */
export interface EntryProblem {
  readonly field: string;
  readonly problem: 'required' | 'not_text' | 'unknown_field' | 'malformed' | 'twice';
}

type Row = Readonly<Record<string, unknown>>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const optionId = /^[\w-]{1,80}$/;
const name = /^\S(?:.{0,198}\S)?$/u;
const states = /^(?:SENT|ACKNOWLEDGED|MORE_INFO|ACCEPTED|IN_SERVICE|COMPLETED|REJECTED|REVOKED|EXPIRED)$/;

interface Shape {
  /** The field by which a row is known; no two rows share it. */
  readonly key: string;
  readonly required: Readonly<Record<string, RegExp>>;
  readonly optional?: Readonly<Record<string, RegExp>>;
}

const shapes: Readonly<Record<CodeTableName, Shape>> = {
  services: { key: 'code', required: { code: optionId, type: optionId, name, uuid } },
  agencies: { key: 'agency', required: { agency: optionId }, optional: { primero: optionId, oscar: optionId } },
  statuses: { key: 'word', required: { word: name, state: states } },
  provinces: { key: 'province', required: { province: /^(?:0[1-9]|1\d|2[0-5])$/, user: optionId } },
};

/** All that is wrong with the rows of a table; nothing when they can be used. */
export function problemsIn(table: CodeTableName, rows: readonly unknown[]): EntryProblem[] {
  const shape = shapes[table];
  const problems = rows.flatMap((row, index) => problemsOfRow(row, `entries.${index}`, shape));
  if (problems.length > 0) return problems;
  const seen = new Set<unknown>();
  return (rows as Row[]).flatMap((row, index) => {
    const key = row[shape.key];
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ field: `entries.${index}.${shape.key}`, problem: 'twice' as const }];
  });
}

function problemsOfRow(row: unknown, at: string, { required, optional = {} }: Shape): EntryProblem[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return [{ field: at, problem: 'malformed' }];
  const known = { ...required, ...optional };
  const unknown = Object.keys(row).filter((field) => !Object.hasOwn(known, field));
  return [
    ...unknown.map((field) => ({ field: `${at}.${field}`, problem: 'unknown_field' as const })),
    ...Object.entries(known).flatMap(([field, form]) =>
      problemOf((row as Row)[field], form, Object.hasOwn(required, field)).map((problem) => ({
        field: `${at}.${field}`,
        problem,
      })),
    ),
  ];
}

function problemOf(value: unknown, form: RegExp, required: boolean): EntryProblem['problem'][] {
  if (value === undefined) return required ? ['required'] : [];
  if (typeof value !== 'string') return ['not_text'];
  return form.test(value) ? [] : ['malformed'];
}

export const isCodeTable = (table: string): table is CodeTableName => Object.hasOwn(shapes, table);
