import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/cases';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import {
  deciders,
  FacilityDesk,
  fieldWorker,
  panelChair,
  panelMembers,
  province,
  unmetOf,
} from '../../../test/support/facility-desk.js';
import { fillDirectory } from '../../../test/support/directory.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';

const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  await fillDirectory(fresh, deciders);
  desk = await FacilityDesk.open(fresh, clock);
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

/** Codes of facilities, so that no test meets another's. */
let last = 0;
const newCode = () => `RCF-${(last += 1)}`;

const closing = (code: string) => desk.move(code, 'CLOSING', { reasonCode: 'ORDERED', closesOn: '2026-09-01' });

describe('who is taken into a facility', () => {
  const proposed = (facility: string, admission = 'NEW') =>
    desk.openCase({ facts: { facilityId: facility, admission, admissionReason: 'FAMILY_UNSAFE' } });

  it.each(['SUSPENDED', 'CLOSING'])(
    'SR-61: nobody new is taken into one that is %s, and who lives there is never the illegal one',
    async (state) => {
      const code = newCode();
      await desk.register(code);
      if (state === 'CLOSING') await closing(code);
      else await desk.inspect(code, 'SUSPENDED');
      for (const admission of ['NEW', 'EMERGENCY']) {
        expect(await unmetOf(proposed(code, admission))).toEqual(['GuardUnmet FACTS.1']);
      }
      const { caseId } = await desk.resident(code);
      expect(await desk.spean.queries.findCase(caseId, fieldWorker)).toMatchObject({ facts: { facilityId: code } });
    },
  );

  it('SR-61: from the moment of suspension on, not from before', async () => {
    const code = newCode();
    await desk.register(code);
    expect(await proposed(code)).toMatchObject({ caseId: expect.any(String) });
    await desk.inspect(code, 'SUSPENDED');
    expect(await unmetOf(proposed(code))).toEqual(['GuardUnmet FACTS.1']);
    await desk.move(code, 'COMPLIANT', { reasonCode: 'SHORTCOMINGS_MENDED' });
    expect(await proposed(code)).toMatchObject({ caseId: expect.any(String) });
  });

  it.each(['UNKNOWN_FOUND', 'not in the register', 'accused'])(
    'nobody new is taken into one that is %s',
    async (how) => {
      const code = newCode();
      if (how === 'UNKNOWN_FOUND') await desk.report(code);
      if (how === 'accused') {
        await desk.register(code);
        await desk.accuse(code);
      }
      expect(await unmetOf(proposed(code))).toEqual(['GuardUnmet FACTS.1']);
    },
  );

  it('SR-64: poverty alone takes no child into care; the refusal names what is to be tried first', async () => {
    const code = newCode();
    await desk.register(code);
    const asked = desk.openCase({ facts: { facilityId: code, admission: 'NEW', admissionReason: 'POVERTY' } });
    const refusal = await asked.catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      refusal: {
        kind: 'unmet',
        unmet: [
          {
            code: 'GuardUnmet',
            subject: 'FACTS.2',
            tryFirst: expect.arrayContaining(['IDPOOR', 'FAMILY_PACKAGE', 'family_based_care_kinship']),
            text: { en: expect.stringContaining('Equity card (IDPoor)'), km: expect.stringContaining('ប័ណ្ណសមធម៌') },
          },
        ],
      },
    });
    const { caseId } = await proposed(code);
    expect(await unmetOf(desk.case(caseId, 'RecordFacts', { facts: { admissionReason: 'POVERTY' } }))).toEqual([
      'GuardUnmet FACTS.2',
    ]);
  });

  it('SR-59: the front door asks for a decision, a last-resort reason, an end and a review within 3 months', async () => {
    const code = newCode();
    await desk.register(code);
    const { caseId } = await proposed(code);
    const takeIn = (facts = {}) => desk.case(caseId, 'RecordFacts', { facts: { admittedAt: clock.now(), ...facts } });
    expect(await unmetOf(takeIn())).toEqual([
      'GuardUnmet FACTS.3a',
      'GuardUnmet FACTS.3b',
      'GuardUnmet FACTS.3c',
      'GuardUnmet FACTS.3d',
      'GuardUnmet FACTS.3e',
    ]);
    await desk.case(caseId, 'RecordDocument', { documentId: uuidv7(), code: 'LAST_RESORT_REASON', text: 'words' });
    const decide = (reviewOn?: string) =>
      desk.case(caseId, 'RecordDecision', {
        ...decisionOf('F', 'F-ADMIT', fieldWorker, 'OSVY_SW', reviewOn),
        reasonCode: 'FAMILY_UNSAFE',
      });
    await decide();
    expect(await unmetOf(takeIn({ placementEndsOn: '2026-08-31' }))).toEqual(['GuardUnmet FACTS.3d']);
    await decide('2026-06-03');
    expect(await unmetOf(takeIn({ placementEndsOn: '2026-08-31' }))).toEqual(['GuardUnmet FACTS.3d']);
    await decide('2026-06-01');
    expect((await takeIn({ placementEndsOn: '2026-08-31' })).events).toContain('StayBegan');
  });

  it('SR-59: P-NOT_NOW without a day of review is refused, and with one later than 3 months', async () => {
    const code = newCode();
    await desk.register(code);
    const { caseId } = await desk.resident(code, { birthRegistration: 'HELD' });
    await beforeThePanel(caseId);
    for (const document of ['GK_DECISION', 'LAST_RESORT_REASON', 'NOTICE_OF_DECISION'])
      await recorded(caseId, document);
    const notNow = (reviewOn?: string, reasonCode = 'NO_CAREGIVER') => {
      const { actor, ...decided } = { actor: panelChair, ...sitting(reviewOn, reasonCode) };
      const data = { transition: 'C11', attestations: [], decision: decided };
      return desk.case(caseId, 'TakeTransition', data, { actor });
    };
    const undated = ['GuardUnmet C11.1', 'ReviewDateMissing decision.reviewOn'];
    expect(await unmetOf(notNow())).toEqual(undated);
    expect(await unmetOf(notNow('2026-06-03'))).toEqual(undated);
    expect(await unmetOf(notNow('2026-06-01', 'POVERTY'))).toEqual(['GuardUnmet C11.2']);
    await notNow('2026-06-01');
    expect(await desk.spean.queries.findCase(caseId, fieldWorker)).toMatchObject({
      enrolment: { state: 'TEMPORARY_CARE_REVIEW' },
    });
  });
});

describe('DC21: before a facility closes, every child has a decision', () => {
  it('is met with the case of the last child who waited, without anybody saying so', async () => {
    const code = newCode();
    const id = await desk.register(code);
    const facts = { birthRegistration: 'HELD' };
    const children = [await desk.resident(code, facts), await desk.resident(code, facts)];
    const state = async () => {
      const view = await desk.spean.facilities.find(id, province);
      return [
        view?.undecidedChildren,
        ...(view?.deadlines ?? [])
          .filter(isDC21)
          .map(({ status }) => status)
          .toSorted(),
      ];
    };
    await closing(code);
    expect(await state()).toEqual([2, 'due']);
    for (const [index, { caseId }] of children.entries()) {
      await beforeThePanel(caseId);
      expect(await state()).toEqual([2 - index, 'due']);
      for (const document of ['GK_DECISION', 'LAST_RESORT_REASON', 'NOTICE_OF_DECISION']) {
        await recorded(caseId, document);
      }
      const data = { transition: 'C11', attestations: [], decision: sitting('2026-05-01', 'NO_CAREGIVER') };
      await desk.case(caseId, 'TakeTransition', data, { actor: panelChair });
    }
    expect(await state()).toEqual([0, 'met']);
    // One who is found there only now waits as well.
    await desk.resident(code);
    expect(await state()).toEqual([1, 'due', 'met']);
  });

  it('is met at once where nobody waits, and counting again makes nothing happen', async () => {
    const code = newCode();
    const id = await desk.register(code);
    await closing(code);
    const view = await desk.spean.facilities.find(id, province);
    expect(view?.deadlines.filter(isDC21)).toMatchObject([{ status: 'met', dueAt: '2026-08-30T17:00:00.000Z' }]);
    expect(await desk.spean.commands.countUndecided(id)).toBe(false);
    expect((await desk.spean.facilities.find(id, province))?.version).toBe(view?.version);
  });

  const isDC21 = ({ definition }: { definition: string }) => definition === 'DC21';
});

const recorded = (caseId: string, code: string) => desk.case(caseId, 'RecordDocument', { documentId: uuidv7(), code });

const step = (caseId: string, transition: string, ...guards: string[]) => {
  const attestations = guards.map((guard) => ({ guard, reason: 'seen' }));
  return desk.case(caseId, 'TakeTransition', { transition, attestations });
};

async function beforeThePanel(caseId: string): Promise<void> {
  for (const code of ['ROSTER_ENTRY', 'CARE_HISTORY']) await recorded(caseId, code);
  await step(caseId, 'C01', 'C01.2');
  await step(caseId, 'C05', 'C05.1');
  for (const code of ['CHILD_ASSESSMENT', 'FAMILY_ASSESSMENT', 'CHILD_VIEWS', 'BIA']) await recorded(caseId, code);
  const data = { track: 'DISABILITY', to: 'SCREENED_NO' };
  await desk.case(caseId, 'MoveTrack', data);
  await step(caseId, 'C08', 'C08.1', 'C08.2');
}

function decisionOf(gate: string, outcome: string, by: Actor, role: string, reviewOn?: string) {
  return {
    decisionId: uuidv7(),
    gate,
    outcome,
    options: [] as { option: string; reason: string }[],
    members: [{ id: by.id, role, agency: by.agency, chair: true, vote: 'for' as const }],
    reasons: 'words',
    views: { sought: 'language' as const, said: 'words', followed: true },
    noticeGiven: true,
    ...(reviewOn === undefined ? {} : { reviewOn }),
  };
}

const familyFirst = ['PARENTS', 'OTHER_PARENT', 'KIN', 'FOSTER', 'ADOPTION', 'SUPPORTED_LIVING'];

/** The panel keeps a child in care for now. */
function sitting(reviewOn: string | undefined, reasonCode: string) {
  const decided = decisionOf('P', 'P-NOT_NOW', panelChair, 'GK_CHAIR', reviewOn);
  const others = panelMembers.map(({ id, agency }) => ({
    id,
    role: 'GK_MEMBER',
    agency,
    chair: false,
    vote: 'for' as const,
  }));
  return {
    ...decided,
    option: 'RESIDENTIAL',
    options: familyFirst.map((option) => ({ option, reason: 'none was found yet' })),
    reasonCode,
    members: [...decided.members, ...others],
  };
}
