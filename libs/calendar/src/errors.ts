/**
 * What this library refuses. Messages never quote the refused text: it may be a birth date, and messages reach logs.
 * Where the text came from outside, the caller checks it first (`isInstant`, `isLocalDate`, `isDuration`) or maps the
 * base class to a client error.
 */
export class CalendarError extends Error {
  override readonly name: string = 'CalendarError';
}

export class InvalidInstant extends CalendarError {
  override readonly name = 'InvalidInstant';
}

export class InvalidDate extends CalendarError {
  override readonly name = 'InvalidDate';
}

export class InvalidDuration extends CalendarError {
  override readonly name = 'InvalidDuration';
}

/** A span that its clock cannot count, such as working days on a wall clock. */
export class InvalidSpan extends CalendarError {
  override readonly name = 'InvalidSpan';
}
