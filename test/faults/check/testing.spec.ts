import type { LoggedEvent } from './logged-event.js';

/** The events of one command, from a version on. */
export function command(
  streamId: string,
  version: number,
  types: readonly string[],
  data: LoggedEvent['data'],
  recordedAt = 0,
): LoggedEvent[] {
  return types.map((type, commandOrd) => ({
    streamId,
    version: version + commandOrd,
    commandId: `command ${version}`,
    commandOrd,
    type,
    data,
    recordedAt,
  }));
}
