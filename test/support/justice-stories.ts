import { CaseHand, decision, declared } from './case-hand.js';
import { chair, prosecutor } from './justice-cast.js';
import type { Program } from './program.js';

/** The case of an accused child, and those who work on it. */
export interface JusticeCase {
  readonly personId: string;
  readonly caseId: string;
  readonly officer: CaseHand;
  readonly agent: CaseHand;
  readonly lawyer: CaseHand;
  readonly atCourt: CaseHand;
  readonly committee: CaseHand;
  readonly supervisor: CaseHand;
}

interface Accused {
  givenNameKm: string;
  sex?: 'female' | 'male';
  /** Absent when nobody knows it. */
  birthDate?: string;
  facts: Record<string, string | number | boolean>;
}

/** The police tell the social agents of a child. */
export async function notified(program: Program, accused: Accused): Promise<JusticeCase> {
  const { givenNameKm, sex = 'male', birthDate, facts } = accused;
  const identity = { familyNameKm: 'គំរូ', givenNameKm, ...(birthDate === undefined ? {} : { birthDate }) };
  const client = program.as('officer');
  const { id: personId } = await client.post('/persons', { sex, identity, province: '08', synthetic: true });
  return handsOn(program, personId, facts);
}

/** A case in conflict with the law of a child whom the program knows. */
export async function handsOn(program: Program, personId: string, facts: Accused['facts']): Promise<JusticeCase> {
  const keeper = { agency: 'PDOSVY-08', owner: 'agent', province: '08' };
  const opened = { personId, pathway: 'B_DIVERSION', ...keeper, facts, synthetic: true };
  const { id: caseId } = await program.as('officer').post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  const [officer, agent, lawyer] = [hand('officer'), hand('agent'), hand('lawyer')];
  const [atCourt, committee, supervisor] = [hand('prosecutor'), hand('chair'), hand('province')];
  return { personId, caseId, officer, agent, lawyer, atCourt, committee, supervisor };
}

/** From now on, or from when it began. */
export async function heldByPolice({ officer }: JusticeCase, since?: string): Promise<void> {
  const more = since === undefined ? {} : { occurredAt: since };
  await officer.track('LIBERTY', 'POLICE_CUSTODY', { authority: 'POLICE-08', place: 'POST-1', ...more });
}

/** The agent registers the child, whose parents know, and a lawyer comes. */
export async function registered({ officer, agent, lawyer }: JusticeCase): Promise<void> {
  await officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD');
  await officer.facts({ representativeNotified: 'NOTIFIED' });
  await agent.take('B01');
  await lawyer.track('LAWYER', 'ASSIGNED');
  await lawyer.track('LAWYER', 'MET_CHILD');
}

/** The child is set free, and the prosecutor asks for a social report. */
export async function socialReportAsked({ agent, officer, lawyer, atCourt }: JusticeCase): Promise<void> {
  await agent.take('B02');
  await atCourt.document('RELEASE_ORDER');
  await officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'COURT-08' });
  await lawyer.document('LAWYER_ASSIGNMENT');
  await atCourt.take('B07');
}

/** The agent hands in the social report, with the child's views and consent. */
export async function socialReport({ agent }: JusticeCase): Promise<void> {
  await agent.documents('SOCIAL_REPORT', 'CHILD_VIEWS', 'VICTIM_CONTACT');
  await agent.bothConsent('CONSENT_SERVICES', { childPermits: true });
  await agent.take('B10', declared('B10.1a'));
}

/** The committee sits in full, with the chair and both members. */
export function sitting(gate: string, outcome: string) {
  const elders = ['elder', 'teacher'].map((id) => ({ id, role: 'GK_MEMBER', agency: 'NGO-BRIDGE' }));
  return {
    ...decision(gate, outcome, chair),
    members: [
      { ...chair, chair: true, vote: 'for' },
      ...elders.map((member) => ({ ...member, chair: false, vote: 'for' })),
    ],
  };
}

/** The committee recommends a plan of four months. */
export async function recommended({ agent, committee }: JusticeCase): Promise<void> {
  await agent.document('DIVERSION_PLAN');
  await agent.facts({ diversionMonths: 4 });
  await committee.take('B11', { ...declared('B11.2a'), decision: sitting('D3', 'D3-RECOMMEND') });
}

/** The prosecutor orders the diversion; its measures begin. */
export async function ordered({ agent, atCourt }: JusticeCase, measures: string[]): Promise<void> {
  await agent.documents('DIVERSION_ORDER', 'DIVERSION_AGREEMENT');
  await agent.consent('CHILD_ASSENT', 'child');
  await agent.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
  await atCourt.take('B14', { decision: decision('D4', 'D4-ORDERED', prosecutor) });
  for (const row of measures) await agent.track('MEASURES', 'STARTED', { row });
}

/** The court refuses the diversion and says why. */
export function refusedByCourt({ atCourt }: JusticeCase, reasonCode: string) {
  return atCourt.take('B15', {
    reasonCode,
    ...declared('B15.2'),
    decision: decision('D4', 'D4-REFUSED', prosecutor),
  });
}
