import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { justiceCast } from '../support/justice-cast.js';
import { heldByPolice, notified, registered } from '../support/justice-stories.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

interface Definition {
  deadlines: Record<string, { basis: string; tag: string; confirmed: boolean }>;
}

let program: Program;

beforeAll(async () => {
  program = await startProgram(local('2026-03-16', '22:30'), justiceCast);
});
afterAll(() => program.stop());

describe('SR-41: where the limits of the Juvenile Justice pathway come from', () => {
  it('every deadline names its legal basis and how certain it is; none counts as confirmed before counsel confirms it', async () => {
    const { deadlines } = await program.as('agent').get<Definition>('/pathways/B_DIVERSION');
    const ids = Array.from({ length: 27 }, (_, index) => `DB${String(index + 1).padStart(2, '0')}`);
    expect(Object.keys(deadlines).sort()).toEqual(ids);
    for (const { basis, tag, confirmed } of Object.values(deadlines)) {
      expect(basis).toMatch(/\w{4}/);
      expect(tag).toMatch(/^(KNOWN|SOURCE|ASSUMED)/);
      expect(confirmed).toBe(false);
    }
  });

  it('a running clock says it, too, wherever it is shown: on the case and on the list of the agent', async () => {
    const facts = { offenceClass: 'MISD', ageAtOffence: 15 };
    const boy = await notified(program, { givenNameKm: 'វាសនា', birthDate: '2010-09-09', facts });
    await heldByPolice(boy);
    await registered(boy);
    const running = (await program.deadlines(boy.caseId)).filter(({ definition }) => definition.startsWith('DB'));
    expect(running.length).toBeGreaterThanOrEqual(6);
    for (const { basis, confirmed } of running) {
      expect(basis).toMatch(/\w{4}/);
      expect(confirmed).toBe(false);
    }
    const mine = await program.as('agent').get<{ items: { confirmed: boolean }[] }>('/worklists/mine');
    expect(mine.items.length).toBeGreaterThan(0);
    for (const { confirmed } of mine.items) expect(confirmed).toBe(false);
  });
});
