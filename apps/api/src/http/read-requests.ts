import { sqlState } from '#libs/database';
import { InvalidCursor, type PageRequest } from '#libs/read-models';
import { parseInstant, type Instant } from '#libs/calendar';

import { fieldError } from './field-errors.js';
import { field, type Rule } from './field.js';
import { Moment, optional } from './fields.js';
import { invalidFields } from './problem.js';

const defaultLimit = 25;
const largestLimit = 100;
const longestCursor = 500;

const limitRule: Rule = (value) => {
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) return { code: 'wrong_type' };
  return Number(value) >= 1 && Number(value) <= largestLimit ? undefined : { code: 'out_of_range' };
};

const cursorRule: Rule = (value) => {
  if (typeof value !== 'string') return { code: 'wrong_type' };
  return /^[\w-]+$/.test(value) && value.length <= longestCursor ? undefined : { code: 'invalid' };
};

/** Which part of a list is asked for. */
export class PageAsked {
  @field(limitRule, { type: 'integer', minimum: 1, maximum: largestLimit }, optional)
  limit?: string;

  @field(cursorRule, { type: String }, optional)
  cursor?: string;
}

/** As of which moment is asked. */
export class MomentAsked {
  @Moment('What was recorded up to then', optional)
  asOf?: string;
}

/** Which part of a list is asked for, as of which moment. */
export class TimelineAsked extends PageAsked {
  @Moment('What was recorded up to then', optional)
  asOf?: string;
}

/**
 * Reads the page that was asked for. Cursors are opaque but not secret: one that was made up, whatever it holds, is a
 * bad field and not our failure.
 *
 * @throws RequestProblem
 */
export async function readPage<Result>(
  { limit, cursor }: PageAsked,
  read: (page: PageRequest) => Promise<Result>,
): Promise<Result> {
  try {
    return await read({
      limit: limit === undefined ? defaultLimit : Number(limit),
      ...(cursor === undefined ? {} : { cursor }),
    });
  } catch (error) {
    const madeUp = error instanceof InvalidCursor || (cursor !== undefined && isDataException(error));
    throw madeUp ? invalidFields(fieldError('query.cursor', { code: 'invalid' })) : error;
  }
}

/** SQLSTATE class 22: a value that the database cannot read as what it should be. */
function isDataException(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') ?? false;
}

export function momentOf({ asOf }: Pick<MomentAsked, 'asOf'>): Instant | undefined {
  return asOf === undefined ? undefined : parseInstant(asOf);
}
