import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';
import { demonstrationSignIns, demonstrationAgencies, demonstrationStaff } from './directory.js';
import { planTiny } from './plan.js';
import { Random } from './random.js';
import { writeStory, type Story } from './stories.js';

const pathways = loadPathways();
const now = '2026-11-24T03:00:00.000Z';
let stories: Story[];

beforeAll(() => {
  stories = [...planTiny(pathways, 1, now)];
}, 200_000);

describe('the plan of the demonstration', () => {
  it('holds sixty cases, four of which wait to be enrolled', () => {
    expect(stories).toHaveLength(60);
    const opened = stories.map(({ requests }) => requests[0]?.command);
    expect(opened.filter((command) => command?.type === 'OpenCase' && command.data.pathway === undefined)).toHaveLength(
      4,
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const plot = { pathway: pathways.all()[0] as Pathway, steps: 3, quietFor: 1 };
    const storyOf = (seed: string) => writeStory(plot, pathways, new Random(seed), now);
    expect(storyOf('one')).toEqual(storyOf('one'));
    expect(storyOf('two').caseId).not.toBe(storyOf('one').caseId);
    expect(storyOf('two').child).not.toEqual(storyOf('one').child);
  });

  it('says of every child and case that it is made up', () => {
    for (const { child, requests } of stories) {
      expect(child.details.facts.synthetic).toBe(true);
      expect(requests[0]?.command).toMatchObject({ type: 'OpenCase', data: { synthetic: true } });
    }
  });

  it('holds no phone number that could be anybody else', () => {
    const phones = stories.flatMap(({ child }) => child.details.identity.phone ?? []);
    expect(phones.length).toBeGreaterThan(10);
    for (const phone of phones) expect(phone).toMatch(/^\+855 00 \d{3} \d{3}$/u);
  });

  it('lies in the last fifteen months, in order, and nothing in the future', () => {
    for (const { requests } of stories) {
      const times = requests.map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      expect((times[0] ?? '') > '2025-08-24').toBe(true);
      expect((times.at(-1) ?? now) <= now).toBe(true);
    }
  });

  it('lets the program itself do nothing but climb ladders', () => {
    const done = stories.flatMap(({ requests }) => requests).filter(({ actor }) => actor.id === 'system');
    expect(new Set(done.map(({ command }) => command.type))).toEqual(new Set(['ReachRungs']));
  });
});

describe('the directory of the demonstration', () => {
  it('has every provincial office and the ministry', () => {
    const ids = demonstrationAgencies.map(({ id }) => id);
    const offices = Array.from({ length: 25 }, (_, index) => `pdosvy-${String(index + 1).padStart(2, '0')}`);
    expect(ids).toEqual(expect.arrayContaining(['mosvy', ...offices]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('knows every role and agency it names, and shows accounts that exist', () => {
    const agencies = new Set(demonstrationAgencies.map(({ id }) => id));
    for (const { roles, agency } of demonstrationStaff) {
      expect(agencies).toContain(agency);
      for (const role of roles) expect(pathways.common.roles).toHaveProperty(role);
    }
    expect(new Set(demonstrationStaff.map(({ id }) => id)).size).toBe(demonstrationStaff.length);
    expect(demonstrationSignIns).toHaveLength(8);
  });
});
