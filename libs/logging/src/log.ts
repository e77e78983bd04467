import { pino, type DestinationStream } from 'pino';

import type { LogLevel } from '#libs/configuration';

import { fieldsOf, type LogFields } from './fields.js';

/** What happened, as a fixed phrase of the program; what it happened to goes into the fields. */
export interface Log {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
}

/**
 * One JSON object a line. Standard output belongs to answers, so lines go to standard error unless told otherwise.
 *
 * @param program which process speaks: `api`, `worker`.
 */
export function createLog(program: string, level: LogLevel, destination: DestinationStream = pino.destination(2)): Log {
  const lines = pino({ level, base: { program }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    error: (event, fields = {}) => lines.error(fieldsOf(fields), event),
    warn: (event, fields = {}) => lines.warn(fieldsOf(fields), event),
    info: (event, fields = {}) => lines.info(fieldsOf(fields), event),
    debug: (event, fields = {}) => lines.debug(fieldsOf(fields), event),
  };
}
