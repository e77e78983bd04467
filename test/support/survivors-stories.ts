import { CaseHand, decision, declared } from './case-hand.js';
import type { Program } from './program.js';
import { lead, toWorker } from './survivors-cast.js';

/** A survivor's case, and the two who carry it through: the worker, and the supervisor who decides. */
export interface SurvivorCase {
  readonly personId: string;
  readonly caseId: string;
  readonly worker: CaseHand;
  readonly supervisor: CaseHand;
}

interface Report {
  givenNameKm: string;
  sex: 'female' | 'male';
  birthDate: string;
  facts: Record<string, string | number | boolean>;
}

/** A child is reported to the organisation, which holds the case from then on. */
export async function reportToRiver(program: Program, report: Report): Promise<SurvivorCase> {
  const { givenNameKm, sex, birthDate, facts } = report;
  const identity = { familyNameKm: 'គំរូ', givenNameKm, birthDate };
  const client = program.as('worker');
  const { id: personId } = await client.post('/persons', { sex, identity, province: '12', synthetic: true });
  const opened = { personId, pathway: 'A_OCSEA', owner: 'worker', province: '12', facts, synthetic: true };
  const { id: caseId } = await client.post('/cases', opened);
  const supervisor = new CaseHand(program.as('lead'), caseId);
  return { personId, caseId, worker: new CaseHand(client, caseId), supervisor };
}

/** From the report to the question whether the case is accepted. */
export async function triaged({ worker, supervisor }: SurvivorCase): Promise<void> {
  await worker.document('INTAKE_REPORT');
  await supervisor.take('A01', { assignee: toWorker, ...declared('A01.2') });
  await worker.track('PSYCHOSOCIAL', 'FIRST_AID_DONE');
  await worker.document('RISK_SCREEN');
  await worker.risk('medium', 'Needs support; nobody can reach her now');
  await worker.bothConsent('CONSENT_SERVICES', { childPermits: true });
  await worker.take('A06');
}

/** The case is accepted, the child assessed without asking again, and the plan approved. */
export async function planned({ worker, supervisor }: SurvivorCase): Promise<void> {
  await supervisor.take('A09', { decision: decision('G1', 'G1-ACCEPT', lead) });
  await worker.documents('COMPREHENSIVE_ASSESSMENT', 'DIGITAL_SAFETY', 'CHILD_VIEWS', 'BIA');
  await worker.take('A11', declared('A11.1'));
  await worker.documents('CASE_PLAN', 'CONFERENCE_MINUTES');
  await worker.consent('CHILD_ASSENT', 'child');
  await worker.bothConsent('CONSENT_SHARING', { recipient: 'LEGAL-AID', childPermits: true });
  await worker.take('A12', declared('A12.1'));
  await supervisor.take('A13', { decision: decision('G2', 'G2-APPROVE', lead) });
}

/** The review finds that she needs no more than to be met now and then. */
export async function movedToAftercare({ worker, supervisor }: SurvivorCase): Promise<void> {
  await worker.take('A15');
  await worker.documents('REVIEW_REPORT', 'AFTERCARE_PLAN');
  await supervisor.take('A17');
}

/** Half a year of aftercare, with every contact, and the case is closed as recovered. */
export async function closedAfterAftercare(program: Program, survivor: SurvivorCase): Promise<void> {
  const { worker, supervisor } = survivor;
  for (const pause of ['P13D', 'P16D', 'P2M', 'P3M'] as const) {
    await program.advance(pause);
    await worker.contact('HOME_VISIT');
  }
  await program.advance('P7D');
  await worker.documents('FOLLOWUP_VISIT', 'FINAL_ASSESSMENT', 'CHILD_VIEWS');
  await worker.take('A19');
  await worker.documents('CLOSURE_SUMMARY', 'NOTICE_OF_DECISION');
  await supervisor.take('A21', { outcome: 'A-O1', decision: decision('G4', 'G4-APPROVE', lead) });
}
