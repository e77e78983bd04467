import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { CommandRefused } from '#libs/case-commands';
import type { DecisionInput } from '#libs/cases';
import { nation, ReportStage } from './report-support.spec.js';

let stage: ReportStage;

beforeAll(async () => {
  stage = await ReportStage.open('2026-03-02T02:00:00.000Z');
});
afterAll(() => stage.close());

const listed = async (watchlist: string) =>
  (await stage.spean.reports.watchlistCases(watchlist, nation, { limit: 100 })).items.map(({ stream_id }) => stream_id);

const panel = (outcome: string, more: Partial<DecisionInput> = {}): DecisionInput => ({
  decisionId: uuidv7(),
  gate: 'P',
  outcome,
  options: [],
  members: ['chair-1', 'member-1', 'member-2'].map((id, index) => ({
    id,
    role: index === 0 ? 'GK_CHAIR' : 'GK_MEMBER',
    agency: `agency-${index}`,
    chair: index === 0,
    vote: 'for',
  })),
  reasons: 'best for the child',
  views: { sought: 'language', followed: true, said: 'wants to stay near the river' },
  noticeGiven: true,
  ...more,
});

const careOptions = ['PARENTS', 'OTHER_PARENT', 'KIN', 'FOSTER', 'ADOPTION', 'SUPPORTED_LIVING'];

/** The option that is taken, with all that come before it considered and left. */
const choosing = (option: string, inOrder: string[]) => ({
  option,
  options: [...inOrder.slice(0, inOrder.includes(option) ? inOrder.indexOf(option) : undefined), option].map(
    (each) => ({
      option: each,
      reason: 'talked over with the child',
    }),
  ),
});

async function bornOn(birthDate: string): Promise<string> {
  const personId = uuidv7();
  const facts = {
    sex: 'female' as const,
    ageBand: '15-17' as const,
    province: '12',
    district: '1202',
    synthetic: true,
  };
  await stage.spean.commands.executePerson({
    personId,
    actor: { id: 'agent-1', roles: ['OSVY_SW'], agency: 'osvy' },
    purpose: 'case_management',
    traceId: 'test',
    command: {
      type: 'RegisterPerson',
      data: { facts, identity: { birthDate }, location: {} },
      occurredAt: stage.clock.now(),
      precision: 'moment',
    },
  });
  return personId;
}

/** A child in residential care whose case stands before the panel. */
async function beforeThePanel(facts: Record<string, string | boolean> = {}, personId?: string): Promise<string> {
  const known = { admission: 'EXISTING', facilityId: 'RCF-1', birthRegistration: 'MISSING', ...facts };
  const id = await stage.open('C_REINTEGRATION', { facts: known, ...(personId === undefined ? {} : { personId }) });
  await stage.documents(id, 'ROSTER_ENTRY', 'CARE_HISTORY');
  await stage.move(id, 'CIVIL_REGISTRATION', 'MISSING');
  await stage.take(id, 'C01');
  await stage.take(id, 'C05');
  await stage.documents(id, 'CHILD_ASSESSMENT', 'FAMILY_ASSESSMENT', 'CHILD_VIEWS', 'BIA');
  await stage.take(id, 'C08');
  return id;
}

describe('SR-69: care that should have ended', () => {
  let stays: string;

  it('is a breach from the review on that the decision set, even before the three months are over', async () => {
    stays = await beforeThePanel();
    await stage.documents(stays, 'LAST_RESORT_REASON', 'NOTICE_OF_DECISION');
    const notNow = { reviewOn: '2026-04-15', reasonCode: 'FAMILY_NOT_READY', ...choosing('RESIDENTIAL', careOptions) };
    await stage.decide(stays, 'C11', panel('P-NOT_NOW', notNow));
    stage.clock.set('2026-04-15T16:59:58.000Z');
    expect(await listed('TEMPORARY_CARE_OVERDUE')).toEqual([]);
    stage.clock.set('2026-04-15T17:00:00.000Z');
    expect(await listed('TEMPORARY_CARE_OVERDUE')).toEqual([stays]);
  });

  it('is no breach any more once it was reviewed', async () => {
    await stage.documents(stays, 'REVIEW_REPORT', 'CHILD_VIEWS');
    await stage.take(stays, 'C25');
    expect(await listed('TEMPORARY_CARE_OVERDUE')).toEqual([]);
  });

  it('is a breach after the last day of a temporary placement', async () => {
    const temporary = await beforeThePanel({ placementEndsOn: '2026-05-01' });
    stage.clock.set('2026-05-01T10:00:00.000Z');
    expect(await listed('PLACEMENT_PAST_END')).toEqual([]);
    stage.clock.set('2026-05-02T02:00:00.000Z');
    expect(await listed('PLACEMENT_PAST_END')).toEqual([temporary]);
    await stage.facts(temporary, { placementEndsOn: '2026-08-01' });
    expect(await listed('PLACEMENT_PAST_END')).toEqual([]);
  });

  it('is a breach 72 hours after a move in an emergency, unless it was decided for longer', async () => {
    const id = await stage.open('A_OCSEA');
    const shelter = choosing('SHELTER', ['SUSPECT_LEAVES', 'SAFETY_PLAN', 'KIN', 'FOSTER']);
    await stage.run(id, 'RecordDecision', panel('G3-EMERGENCY', { gate: 'G3', reviewOn: '2026-05-05', ...shelter }));
    await stage.move(id, 'PLACEMENT', 'SHELTER_EMERGENCY');
    stage.clock.advance('PT71H');
    expect(await listed('EMERGENCY_PLACEMENT_OVER')).toEqual([]);
    stage.clock.advance('PT1H');
    expect(await listed('EMERGENCY_PLACEMENT_OVER')).toEqual([id]);
    await stage.run(id, 'RecordDecision', panel('G3-LONGER', { gate: 'G3', reviewOn: '2026-05-18', ...shelter }));
    expect(await listed('EMERGENCY_PLACEMENT_OVER')).toEqual([]);
  });
});

describe('SR-67: an adoption order', () => {
  it('without the step of the government is on a watchlist, until that step is recorded', async () => {
    const id = await beforeThePanel();
    await stage.facts(id, { adoptionOrderOn: '2026-04-20' });
    expect(await listed('ADOPTION_WITHOUT_GOVERNMENT')).toEqual([id]);
    await stage.facts(id, { adoptionNoticeOn: '2026-04-25' });
    expect(await listed('ADOPTION_WITHOUT_GOVERNMENT')).toEqual([]);
  });
});

describe('SR-68: adoption abroad', () => {
  const atHome = [...careOptions, 'RESIDENTIAL'];
  const abroad = (considered: string[]) => panel('P-ADOPTION', choosing('INTERCOUNTRY_ADOPTION', considered));

  it('is blocked unless every option at home was considered, with a reason, and the family was traced', async () => {
    const id = await beforeThePanel();
    await stage.documents(id, 'BID', 'REFERRAL_ACK');
    const refused = async (considered: string[]) =>
      stage.decide(id, 'C12', abroad(considered)).then(
        () => [],
        (error: unknown) =>
          (error as CommandRefused).refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).sort(),
      );
    for (const left of atHome) {
      const others = atHome.filter((option) => option !== left);
      expect(await refused(others)).toEqual(['GuardUnmet C12.2', `OptionNotConsidered decision.options.${left}`]);
    }
    expect(await refused(atHome)).toEqual(['GuardUnmet C12.2']);
    await stage.documents(id, 'TRACING_RESULT');
    expect(await refused(atHome)).toEqual([]);
    expect(await stage.spean.queries.findCase(id, nation)).toMatchObject({ enrolment: { state: 'ADOPTION_TRACK' } });
  });
});

describe('SR-66: young people who leave care', () => {
  it('have a plan owed to them from their 16th birthday on', async () => {
    const personId = await bornOn('2010-08-20');
    const id = await stage.open('C_REINTEGRATION', { personId, facts: { admission: 'EXISTING' } });
    const found = await stage.spean.queries.findDeadlines(id, nation);
    expect(found?.find(({ definition }) => definition === 'DC16')).toMatchObject({
      status: 'due',
      // The first of the birth month: a due time gives no birth date away.
      startedAt: '2026-07-31T17:00:00.000Z',
      dueAt: '2027-01-31T17:00:00.000Z',
    });
    await stage.documents(id, 'TRANSITION_PLAN');
    const after = await stage.spean.queries.findDeadlines(id, nation);
    expect(after?.find(({ definition }) => definition === 'DC16')).toMatchObject({ status: 'met' });
  });

  it('without an identity document are on a watchlist, until they hold one', async () => {
    const id = await beforeThePanel({}, await bornOn('2009-05-05'));
    await stage.documents(id, 'TRANSITION_PLAN');
    await stage.run(id, 'GiveConsent', {
      consentId: uuidv7(),
      kind: 'CHILD_ASSENT',
      giver: 'child',
      manner: 'signature',
      language: 'km',
    });
    expect(await listed('LEAVING_CARE_WITHOUT_ID')).toEqual([]);
    await stage.decide(id, 'C13', panel('P-SIL', choosing('SUPPORTED_LIVING', careOptions)));
    expect(await listed('LEAVING_CARE_WITHOUT_ID')).toEqual([id]);
    await stage.facts(id, { nationalId: 'APPLIED' });
    expect(await listed('LEAVING_CARE_WITHOUT_ID')).toEqual([id]);
    await stage.facts(id, { nationalId: 'HELD' });
    expect(await listed('LEAVING_CARE_WITHOUT_ID')).toEqual([]);
  });
});

describe('children without papers', () => {
  it('SR-71: a missing birth certificate is on a list, and stops no step', async () => {
    const id = await beforeThePanel();
    expect(await listed('NO_BIRTH_CERTIFICATE')).toContain(id);
    expect(await stage.spean.queries.findCase(id, nation)).toMatchObject({ enrolment: { state: 'GATEKEEPING' } });
    await stage.move(id, 'CIVIL_REGISTRATION', 'ISSUED');
    expect(await listed('NO_BIRTH_CERTIFICATE')).not.toContain(id);
  });

  it('SR-78: a disability that was found and is not in the register is on a list', async () => {
    const id = await stage.open('C_REINTEGRATION', { facts: { admission: 'EXISTING' } });
    expect(await listed('DISABILITY_NOT_REGISTERED')).toEqual([]);
    await stage.move(id, 'DISABILITY', 'SCREENED_YES');
    await stage.move(id, 'DISABILITY', 'DMIS_APPLIED');
    expect(await listed('DISABILITY_NOT_REGISTERED')).toEqual([id]);
    await stage.move(id, 'DISABILITY', 'DMIS_REGISTERED');
    expect(await listed('DISABILITY_NOT_REGISTERED')).toEqual([]);
  });

  it('SR-72: fees asked for outside the rules are counted by district, never by commune, and small numbers not at all', async () => {
    const asked = async (province: string, district: string, times: number) => {
      for (let number = 0; number < times; number += 1) {
        const id = await stage.open('C_REINTEGRATION', { province, district, facts: { admission: 'EXISTING' } });
        await stage.move(id, 'CIVIL_REGISTRATION', 'FEE_REQUESTED');
        if (number % 2 === 0) await stage.move(id, 'CIVIL_REGISTRATION', 'ISSUED');
      }
    };
    await asked('08', '0801', 6);
    await asked('08', '0802', 2);
    await asked('17', '1701', 5);
    const [report] = await stage.spean.reports.informalFees();
    expect(report).toMatchObject({
      pathway: 'C_REINTEGRATION',
      children: 13,
      provinces: [
        { province: '08', children: 8 },
        { province: '17', children: 5 },
      ],
      districts: [
        { province: '08', district: '0801', children: null },
        { province: '08', district: '0802', children: null },
        { province: '17', district: '1701', children: 5 },
      ],
    });
  });

  it('SR-77: support schemes are a list of codes, the social security fund among them', async () => {
    const id = await stage.open('C_REINTEGRATION', { facts: { admission: 'EXISTING' } });
    await stage.move(id, 'SUPPORT', 'APPLIED', 'NSSF');
    await expect(stage.move(id, 'SUPPORT', 'APPLIED', 'LOTTERY')).rejects.toThrow('NotFound row');
  });
});

describe('SR-63: support of carers', () => {
  it('a placement is not ready while a referral for support has no outcome', async () => {
    const id = await beforeThePanel();
    await stage.documents(id, 'BID', 'NOTICE_OF_DECISION');
    await stage.decide(id, 'C09', panel('P-APPROVE', choosing('KIN', careOptions)));
    const sharing = { kind: 'CONSENT_SHARING', manner: 'thumbprint', language: 'km', recipient: 'commune' } as const;
    for (const giver of ['child', 'caregiver'] as const) {
      await stage.run(id, 'GiveConsent', { consentId: uuidv7(), giver, ...sharing });
    }
    const referralId = uuidv7();
    await stage.run(id, 'DraftReferral', {
      referralId,
      type: 'service',
      service: { code: 'FAMILY_PACKAGE' },
      fromAgency: 'osvy',
      toAgency: 'commune',
      urgency: 'ROUTINE',
    });
    await stage.run(id, 'SendReferral', { referralId });
    const missing = async () =>
      (await stage.spean.queries.findNextSteps(id, nation))
        ?.find(({ transition }) => transition === 'C14')
        ?.missing.map(({ subject }) => subject);
    expect(await missing()).toContain('C14.3a');
    await stage.run(id, 'AcceptReferral', { referralId });
    expect(await missing()).not.toContain('C14.3a');
  });
});
