import { describe, expect, it } from '@jest/globals';
import { cambodia, type Instant } from '#libs/calendar';
import { loadPathways } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';
import { decidePathway, type PathwayCommand, type PathwayContext } from './decide.js';
import { evolvePathway, noHistory, type PathwayHistory } from './history.js';

const shipped = loadPathways().current('A_OCSEA');
const midnightOf = { may: '2026-04-30T17:00:00.000Z', june: '2026-05-31T17:00:00.000Z' };
const START: Instant = '2026-03-02T02:00:00.000Z';

/** Texts stand for versions here: `1.1.0` is sound, and so is `1.1.0-weak`, which lacks a deadline. */
function read(source: string): ReturnType<PathwayContext['read']> {
  const [version = '', weak] = source.split('-');
  const definition = { ...structuredClone(shipped.definition), version };
  if (weak !== undefined) delete definition.deadlines['DA01'];
  return { pathway: { definition, common: shipped.common }, findings: [] };
}

interface Told {
  history: PathwayHistory;
  latest: Pathway | undefined;
}

/** One command after the other; each is accepted, and what it published is the latest version from then on. */
function told(...asked: [by: string, command: PathwayCommand, at?: Instant][]): Told {
  let history = noHistory;
  let latest: Pathway | undefined = shipped;
  for (const [by, command, now = START] of asked) {
    const outcome = decidePathway(command, history, contextFor({ history, latest }, by, now));
    if (!outcome.ok) throw new Error(outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).join());
    history = outcome.events.map((event) => ({ event, by, recordedAt: now })).reduce(evolvePathway, history);
    const published = outcome.events.find(({ type }) => type === 'PathwayVersionPublished');
    if (published !== undefined) latest = read(published.data.version).pathway;
  }
  return { history, latest };
}

function contextFor({ latest }: Told, by: string, now: Instant): PathwayContext {
  const actor = { id: by, roles: ['MOSVY_CPD'], agency: 'mosvy' };
  return { now, zone: cambodia.zone, actor, latest, read, isTaken: (version) => version === '1.0.0' };
}

const propose = (source: string, effectiveOn?: string): PathwayCommand => ({
  type: 'ProposePathwayVersion',
  data: { source, ...(effectiveOn === undefined ? {} : { effectiveOn }) },
});
const approve = (version: string): PathwayCommand => ({ type: 'ApprovePathwayVersion', data: { version } });

const inForceFrom = ({ history }: Told, version: string) =>
  history.versions.find((each) => each.version === version)?.effectiveFrom;

function refusalOf(before: Told, by: string, command: PathwayCommand): string[] {
  const outcome = decidePathway(command, before.history, contextFor(before, by, START));
  return outcome.ok ? ['accepted'] : outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`);
}

describe('a version comes into force', () => {
  it('at the beginning of its day', () => {
    const story = told(['a', propose('1.1.0', '2026-05-01')], ['b', approve('1.1.0')]);
    expect(inForceFrom(story, '1.1.0')).toBe(midnightOf.may);
  });

  it('at once when no day was named, or when people agreed after it', () => {
    expect(inForceFrom(told(['a', propose('1.1.0')], ['b', approve('1.1.0')]), '1.1.0')).toBe(START);
    const late = told(['a', propose('1.1.0', '2026-05-01')], ['b', approve('1.1.0'), midnightOf.june]);
    expect(inForceFrom(late, '1.1.0')).toBe(midnightOf.june);
  });

  it('never before the version that it follows', () => {
    const story = told(
      ['a', propose('1.1.0', '2026-06-01')],
      ['b', approve('1.1.0')],
      ['a', propose('1.2.0', '2026-05-01')],
      ['b', approve('1.2.0')],
    );
    expect(inForceFrom(story, '1.2.0')).toBe(midnightOf.june);
  });
});

describe('agreement', () => {
  it('of one person is not enough where a deadline of danger goes', () => {
    const once = told(['a', propose('1.1.0-weak')], ['b', approve('1.1.0')]);
    expect(inForceFrom(once, '1.1.0')).toBeUndefined();
    expect(once.history.versions).toMatchObject([
      { safety: ['/deadlines/DA01'], approvalsNeeded: 2, approvedBy: ['b'] },
    ]);
    expect(refusalOf(once, 'a', approve('1.1.0'))).toEqual(['TwoPersonRule approval']);
    expect(refusalOf(once, 'b', approve('1.1.0'))).toEqual(['TwoPersonRule approval']);
    expect(refusalOf(once, 'c', approve('1.1.0'))).toEqual(['accepted']);
  });

  it('is of no use once another version was published in between', () => {
    const overtaken = told(['a', propose('1.1.0')], ['a', propose('1.2.0')], ['b', approve('1.2.0')]);
    expect(refusalOf(overtaken, 'b', approve('1.1.0'))).toEqual(['WrongState base']);
    expect(refusalOf(overtaken, 'b', approve('1.2.0'))).toEqual(['WrongState version']);
  });

  it('cannot be given to what nobody proposed', () => {
    expect(refusalOf(told(), 'b', approve('1.1.0'))).toEqual(['NotFound version']);
  });
});

describe('the number of a version', () => {
  it('is used once and only grows', () => {
    const story = told(['a', propose('1.2.0')], ['b', approve('1.2.0')]);
    expect(refusalOf(story, 'a', propose('1.0.0'))).toEqual(['AlreadyExists version']);
    expect(refusalOf(story, 'a', propose('1.2.0'))).toEqual(['AlreadyExists version']);
    expect(refusalOf(story, 'a', propose('1.1.0'))).toEqual(['FieldInvalid version']);
    expect(refusalOf(story, 'a', propose('1.10.0'))).toEqual(['accepted']);
  });
});
