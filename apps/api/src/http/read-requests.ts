import type { PageRequest } from '#libs/read-models';
import { parseInstant, type Instant } from '#libs/calendar';

import { field, type Rule } from './field.js';
import { Moment, optional } from './fields.js';

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

export function pageRequest({ limit, cursor }: PageAsked): PageRequest {
  return {
    limit: limit === undefined ? defaultLimit : Number(limit),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

export function momentOf({ asOf }: MomentAsked): Instant | undefined {
  return asOf === undefined ? undefined : parseInstant(asOf);
}
