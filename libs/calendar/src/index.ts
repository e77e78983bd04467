export { ageOn } from './age.js';
export { cambodia } from './cambodia.js';
export type { Clock } from './clock.js';
export { dueAt, spanFits, type ClockKind, type Granularity, type Span } from './due.js';
export { isDuration, plus, type Duration } from './duration.js';
export { CalendarError, InvalidDate, InvalidDuration, InvalidInstant, InvalidSpan } from './errors.js';
export { between, isInstant, milliseconds, parseInstant, type Instant } from './instant.js';
export { endOfDay, isLocalDate, localDateOf, startOfDay, type LocalDate } from './local-date.js';
export { earliestOf, type Precision } from './precision.js';
export {
  addWorkingDays,
  calendarWith,
  holidaysKnownUntil,
  isWorkingDay,
  nextWorkingMorning,
  workingDaysBetween,
  type Holiday,
  type WorkingCalendar,
} from './working-calendar.js';
