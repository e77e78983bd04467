import { parseInstant, plus } from '#libs/calendar';
import type { LadderDefinition, RungDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';
import { rungMoment, type RungMoment } from '../rung.js';
import { one, optional, type Reference } from './reference.js';

/** Rungs can be read and climb in time: shares of the elapsed time first, then offsets from early to late. */
export function lintLadders(ladders: Record<string, LadderDefinition>): Finding[] {
  return Object.entries(ladders).flatMap(([id, ladder]) =>
    ladder.rungs.flatMap((rung, index) => lintRung(rung, ladder.rungs[index - 1], `/ladders/${id}/rungs/${index}/at`)),
  );
}

function lintRung(rung: RungDefinition, before: RungDefinition | undefined, path: string): Finding[] {
  const moment = rungMoment(rung.at);
  if (moment === undefined) {
    return [error('rung-syntax', path, `"${rung.at}" is neither a share such as 50% nor a duration such as -PT2H`)];
  }
  const previous = before && rungMoment(before.at);
  return previous !== undefined && !climbs(previous, moment)
    ? [error('rung-order', path, `The rung at ${rung.at} must come before the one at ${String(before?.at)}`)]
    : [];
}

function climbs(before: RungMoment, after: RungMoment): boolean {
  if ('elapsed' in before) {
    return 'offset' in after || before.elapsed < after.elapsed;
  }
  return 'offset' in after && instantAt(before.offset) < instantAt(after.offset);
}

/** Any fixed day serves to compare two offsets. */
const instantAt = (offset: string): string => plus(parseInstant('2026-01-15T00:00:00.000Z'), offset, 'UTC');

export function ladderReferences(ladders: Record<string, LadderDefinition>): Reference[] {
  return Object.entries(ladders).flatMap(([id, { rungs }]) =>
    rungs.flatMap((rung, index) => {
      const path = `/ladders/${id}/rungs/${index}`;
      return [
        ...rung.recipients
          .map((recipient, position) => one('role', recipient, `${path}/recipients/${position}`))
          .filter(({ name }) => name !== 'owner' && name !== 'supervisor'),
        ...optional('ladder-action', rung.action, `${path}/action`),
        ...optional('ladder-record', rung.records, `${path}/records`),
      ];
    }),
  );
}
