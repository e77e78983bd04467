import type { LoggerService } from '@nestjs/common';

import type { Log } from './log.js';

/** Parts of the framework that speak while it starts, of routes and modules, and know nothing of any request. */
const starters = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * The framework's own log lines. What its starting parts say is passed on; of everybody else's words, which may repeat
 * the message of any error, only the place and the shape of the error remain.
 */
export class FrameworkLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  #write(level: 'debug' | 'warn' | 'error', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof message === 'string' && typeof context === 'string' && starters.has(context)) {
      this.#log[level](message);
      return;
    }
    const error = [message, ...rest].find((each) => each instanceof Error);
    this.#log[level]('the framework reports', {
      ...(typeof context === 'string' ? { code: context } : {}),
      ...(error === undefined ? {} : { error }),
    });
  }
}
