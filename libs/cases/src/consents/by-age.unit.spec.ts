import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { START, storyIn } from '../../../../test/support/case-specification.js';
import { exception, openCase } from '../../../../test/support/case-stories.js';
import type { ConsentFacts } from '../state.js';
import { missingFrom } from './matrix.js';

type Given = Pick<ConsentFacts, 'giver' | 'manner' | 'childPermits' | 'maturityNoted'>;

/** What the child does. */
const children = {
  silent: [],
  speaks: [{ giver: 'child', manner: 'spoken' }],
  writes: [{ giver: 'child', manner: 'thumbprint' }],
  'writes, mature': [{ giver: 'child', manner: 'thumbprint', maturityNoted: true }],
} satisfies Record<string, Given[]>;

/** Which adult consents beside the child. */
const adults = {
  nobody: [],
  caregiver: [{ giver: 'caregiver', manner: 'signature' }],
  'caregiver, permitted': [{ giver: 'caregiver', manner: 'signature', childPermits: true }],
  'other adult': [{ giver: 'other_adult', manner: 'signature' }],
  'case worker': [{ giver: 'case_worker', manner: 'signature' }],
} satisfies Record<string, Given[]>;

type Child = keyof typeof children;
type Adult = keyof typeof adults;
/** For each thing that the child may do: with which adults it is enough. */
type Enough = Partial<Record<Child, Adult[]>>;

const caregivers: Adult[] = ['caregiver', 'caregiver, permitted'];
const anybody = Object.keys(adults) as Adult[];

/** The default matrix, row by row: IRC/UNICEF 2012, informed consent and assent by age (pathways 1.6). */
const matrix: { from: number; to: number; asked: Enough; setAside: Enough }[] = [
  {
    from: 0,
    to: 5,
    asked: everyChild(caregivers),
    setAside: everyChild([...caregivers, 'other adult', 'case worker']),
  },
  {
    from: 6,
    to: 11,
    asked: { speaks: caregivers, writes: caregivers, 'writes, mature': caregivers },
    setAside: { ...everyChild([...caregivers, 'other adult', 'case worker']), silent: [] },
  },
  {
    from: 12,
    to: 14,
    asked: { writes: caregivers, 'writes, mature': caregivers },
    setAside: { writes: [...caregivers, 'other adult'], 'writes, mature': anybody },
  },
  {
    from: 15,
    to: 17,
    asked: { writes: ['caregiver, permitted'], 'writes, mature': ['caregiver, permitted'] },
    setAside: { writes: anybody, 'writes, mature': anybody },
  },
];

function everyChild(enough: Adult[]): Enough {
  return { silent: enough, speaks: enough, writes: enough, 'writes, mature': enough };
}

/** How the caregiver stands, and the exception that says so. EX7 belongs to those of 15 and over alone. */
const statuses: [status: string, code: string | undefined, from: number][] = [
  ['can be asked', undefined, Infinity],
  ['is the suspect', 'EX1', 0],
  ['lives with the suspect', 'EX2', 0],
  ['cannot be asked without danger', 'EX3', 0],
  ['cannot be found', 'EX4', 0],
  ['does not exist', 'EX5', 0],
  ['is refused by the child', 'EX7', 15],
];

const cells = Array.from({ length: 18 }, (_, age) => age).flatMap((age) =>
  statuses.map(([status, code, from]): [number, string, string | undefined, boolean] => [
    age,
    status,
    code,
    age >= from,
  ]),
);

/** Stories begin on 2 March 2026; this child has the last day before the next birthday. */
const bornFor = (age: number) => `${2026 - age - 1}-03-03`;

const opened = storyIn({ common: loadPathways().common })(openCase());
const inForce = {
  consentId: 'consent',
  kind: 'CONSENT_SERVICES',
  language: 'km',
  withdrawn: false,
  version: 2,
  at: START,
  by: 'worker-1',
};

/** A case on which no exception was recorded, or this one. */
const cases = new Map(
  statuses.map(([, code]) => {
    const recorded = code === undefined ? [] : [exception({ code, blocked: { blockId: 'b', who: 'father' } })];
    return [code, opened.and(...recorded)];
  }),
);

function isEnough(age: number, code: string | undefined, given: Given[]): boolean {
  const story = cases.get(code) ?? opened;
  const consents = given.map((each) => ({ ...inForce, ...each }));
  const context = { ...story.context(), birthDate: bornFor(age) };
  return missingFrom('CONSENT_SERVICES', consents, story.known(), context, false).length === 0;
}

function enough(age: number, code: string | undefined): Enough {
  return Object.fromEntries(
    Object.entries(children).map(([child, own]) => [
      child,
      Object.entries(adults)
        .filter(([, other]) => isEnough(age, code, [...own, ...other]))
        .map(([adult]) => adult),
    ]),
  );
}

describe('SR-16: whose consent is enough, at every age', () => {
  it.each(cells)('at %i years, when the caregiver %s', (age, _, code, isSetAside) => {
    const row = matrix.find(({ from, to }) => age >= from && age <= to);
    const expected = isSetAside ? row?.setAside : row?.asked;
    expect(enough(age, code)).toEqual({ silent: [], speaks: [], writes: [], 'writes, mature': [], ...expected });
  });
});
