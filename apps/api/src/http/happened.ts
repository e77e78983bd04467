import { cambodia, earliestOf, isInstant, isLocalDate, parseInstant, type Instant } from '#libs/calendar';
import type { Occurrence } from '#libs/cases';

import { fieldError } from './field-errors.js';
import { field, optional, type Rule } from './field.js';
import { OneOf } from './fields.js';
import { invalidFields } from './problem.js';

const whenRule: Rule = (value) => {
  if (typeof value !== 'string') return { code: 'wrong_type' };
  if (isInstant(value) || isLocalDate(value)) return undefined;
  return {
    code: 'invalid',
    message: {
      en: 'is neither a time with its offset nor a day, YYYY-MM-DD',
      km: 'មិនមែនជាពេលវេលាដែលមានល្វែងម៉ោង និងមិនមែនជាថ្ងៃ YYYY-MM-DD',
    },
  };
};

/** When it happened in the world. The body of every command has these two. */
export class Happened {
  @field(
    whenRule,
    {
      type: String,
      description: 'When it happened: a time with its offset, or a day alone. Absent: now',
      examples: ['2026-03-14T09:30:00+07:00', '2026-03-14'],
    },
    optional,
  )
  occurredAt?: string;

  @OneOf(['moment', 'day'], 'How exactly that is known. A day alone is known to the day', optional)
  precision?: 'moment' | 'day';
}

/** The two as plain values. */
export type WhenHappened = Pick<Happened, 'occurredAt' | 'precision'>;

/** A day means its earliest moment, so that no clock that protects a child runs longer because a report was vague. */
export function occurrenceOf({ occurredAt, precision }: WhenHappened, now: Instant): Occurrence {
  if (occurredAt === undefined) return { occurredAt: now, precision: 'moment' };
  if (isInstant(occurredAt) && precision !== 'day') {
    return { occurredAt: parseInstant(occurredAt), precision: 'moment' };
  }
  if (precision === 'moment') {
    const message = { en: 'cannot be moment for a day alone', km: 'មិនអាចជា moment សម្រាប់ថ្ងៃតែមួយមុខ' };
    throw invalidFields(fieldError('precision', { code: 'invalid', message }));
  }
  return { occurredAt: earliestOf(occurredAt, 'day', cambodia.zone), precision: 'day' };
}

/** What the command itself asks for, without when it happened. */
export function withoutTime<Body extends Happened>(body: Body): Omit<Body, keyof Happened> {
  const { occurredAt: _, precision: __, ...data } = body;
  return data;
}
