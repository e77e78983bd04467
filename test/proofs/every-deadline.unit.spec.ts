import { beforeAll, describe, expect, it } from '@jest/globals';
import { alarms, climbed, ring } from './alarms.js';
import { armEveryDeadline, type ArmedDeadline } from './armed-deadlines.js';
import { rungsToReach } from './ladders.js';
import { latestOf, recordLate } from './recorded-late.js';
import { pathways, shipped } from './rehearsing.js';

/**
 * Least times that a case must last: the step that ends them is open from the very day on which they are due, and their
 * guards say so (C22.1, C27.1).
 */
const opensOnTheDay = ['DC11', 'DC17'];

/** Armed once for each pathway, which takes a while. */
const armed = new Map<string, ReadonlyMap<string, ArmedDeadline[]>>();
beforeAll(() => {
  for (const [id, pathway] of shipped) armed.set(id, armEveryDeadline(pathway));
}, 120_000);

const common = Object.keys(pathways.common.deadlines);

/** Deadlines of the pathway itself, then the common ones that a case of it may have: one that it replaces is its own. */
const table = shipped.flatMap(([id, { definition }]) => {
  const own = Object.entries(definition.deadlines).filter(([, { subject }]) => subject !== 'facility');
  const replaced = own.map(([, { replaces }]) => replaces);
  // Nothing is decided for a time alone where no gate says how soon it is looked at again.
  const forATime = Object.values(definition.gates).some(({ reviewWithin }) => reviewWithin !== undefined);
  const shared = common.filter((each) => !replaced.includes(each) && (forATime || each !== 'R10'));
  return [...own.map(([deadline]) => deadline), ...shared].map((deadline) => [id, deadline] as const);
});

const armedIn = (pathway: string, deadline: string): ArmedDeadline[] => {
  const found = armed.get(pathway)?.get(deadline);
  if (found === undefined) throw new Error(`nothing started ${deadline} of ${pathway}`);
  return found;
};

describe.each(table)('SR-09: %s %s', (pathway, id) => {
  it.each(Object.entries(alarms))('each rung once and at its time, rung for by %s', (_, alarm) => {
    const { rehearsal, definition } = armedIn(pathway, id)[0]!;
    const occurrences = Object.values(rehearsal.state.deadlines).filter(
      (each) => each.definition === id && each.status === 'armed',
    );
    for (const occurrence of occurrences) {
      const expected = rungsToReach(occurrence, pathways.common.ladders[definition.ladder]!, definition);
      const events = alarm(rehearsal.copy('alarm'), occurrence.deadline);
      expect(climbed(events, occurrence.deadline)).toEqual({ reached: expected, told: expected });
    }
  });

  if (opensOnTheDay.includes(id)) return;
  it('is not overdue when it was met in time and recorded late', () => {
    const late = armedIn(pathway, id)
      .map(recordLate)
      .find((each) => each?.outcome.ok === true);
    expect(late?.outcome).toMatchObject({ ok: true });
    const { definition, deadline, rehearsal } = late!;
    const after = latestOf(deadline.deadline, rehearsal);
    expect(after).toMatchObject(
      definition.onDue === 'lapse'
        ? { status: 'cancelled', metAt: undefined }
        : { status: 'met', inTime: true, recordedLate: true },
    );
    expect(ring(rehearsal, after.deadline, '2045-01-01T00:00:00.000Z')).toEqual([]);
  });
});
