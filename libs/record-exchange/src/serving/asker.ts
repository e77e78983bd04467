import { localDateOf } from '#libs/calendar';
import type { Actor, ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { casesToTell, type CaseToTell, type TellingAsked } from '#libs/read-models';
import type { Bringer } from '../receive-record.js';
import { findByNames } from './names.js';
import { holdCases, type HeldCase } from './held-cases.js';

/** A program that asks, by which route, in which trace. */
export interface Asker {
  readonly caller: Actor;
  /** The pattern, never the address. */
  readonly route: string;
  readonly traceId: string;
}

type Wanted = Omit<TellingAsked, 'system' | 'today'>;

export const bringerOf = ({ caller, traceId }: Asker): Bringer => ({ actor: caller, purpose: 'exchange', traceId });

/** The cases that a program may be told of, oldest first. */
export function tellable(
  spean: Spean,
  system: ForeignSystem,
  { caller }: Asker,
  wanted: Wanted = {},
): Promise<CaseToTell[]> {
  const today = localDateOf(spean.clock.now(), spean.calendar.zone);
  return spean.database.read(spean.context, (queries) => casesToTell(queries, caller, { ...wanted, system, today }));
}

/** One case that a program names by any id of it, if it may be told of it. */
export async function findHeld(
  spean: Spean,
  system: ForeignSystem,
  asker: Asker,
  id: string,
  wanted: Pick<Wanted, 'alsoUntold'> = {},
): Promise<HeldCase | undefined> {
  const among = await spean.database.read(spean.context, (queries) => findByNames(queries, [id]));
  if (among.length !== 1) return undefined;
  const [held] = await holdCases(spean, asker.caller, await tellable(spean, system, asker, { ...wanted, among }));
  return held;
}

/**
 * Writes down who is about to be told of these children; only then may the answer leave.
 *
 * @throws ReadNotRecorded
 */
export async function traceTelling(spean: Spean, asker: Asker, held: readonly HeldCase[]): Promise<void> {
  if (held.length === 0) return;
  const { caller, route, traceId } = asker;
  const shown = new Set(held.flatMap(({ sight }) => [...sight]));
  await spean.readAudit.record({
    ...{ reader: caller.id, agency: caller.agency, roles: caller.roles, purpose: 'exchange', route, traceId },
    caseIds: held.map(({ caseId }) => caseId),
    personIds: [],
    classes: (['identity', 'location', 'narrative'] as const).filter((each) => shown.has(each)),
    at: spean.clock.now(),
  });
}
