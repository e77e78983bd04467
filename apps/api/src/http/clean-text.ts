import { fieldTexts } from './field-texts.js';
import { invalidFields, type FieldError, type FieldErrorCode } from './problem.js';

/** Deeper than anything this interface reads; beyond it, walking a body could exhaust the stack. */
const deepest = 16;

/**
 * Refuses what PostgreSQL cannot store: NUL, and halves of surrogate pairs, which are no characters. Values and names
 * of fields are looked at; a name that holds such a character is reported by where it stands.
 *
 * @throws RequestProblem naming every such field.
 */
export function assertCleanText(parts: Record<string, unknown>): void {
  const errors: FieldError[] = [];
  for (const [part, value] of Object.entries(parts)) walk(value, part === 'body' ? '' : part, 0, errors);
  if (errors.length > 0) throw invalidFields(...errors);
}

function walk(value: unknown, path: string, depth: number, errors: FieldError[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) errors.push(error(path, 'forbidden_character'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth === deepest) {
    errors.push(error(path, 'wrong_type'));
    return;
  }
  for (const [name, each] of Object.entries(value)) {
    // A field called `toString` would be found on every object, also on those that do not have it.
    const place = path === '' ? name : `${path}.${name}`;
    if (!isStorable(name)) errors.push(error(path, 'forbidden_character'));
    else if (name in Object.prototype) errors.push(error(place, 'unknown'));
    else walk(each, place, depth + 1, errors);
  }
}

/** In Unicode mode, only a half without its partner is a surrogate. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);

const error = (path: string, code: FieldErrorCode): FieldError => ({
  field: path === '' ? 'body' : path,
  code,
  message: fieldTexts[code],
});
