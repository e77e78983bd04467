import type { FactValue } from '#libs/pathways';
import { plus } from '#libs/calendar';

import { CaseHand, choosing, decision, declared } from './case-hand.js';
import { CaseWatch } from './case-watch.js';
import type { Program } from './program.js';
import { chair } from './reintegration-cast.js';

export interface Resident {
  sex: 'female' | 'male';
  givenNameKm: string;
  birthDate: string;
  facts?: Record<string, FactValue>;
}

/** A child in residential care on the way home, who is helped by the reintegration cast. */
export class Homecoming {
  readonly worker: CaseHand;
  readonly lead: CaseHand;
  readonly panel: CaseHand;
  readonly province: CaseHand;
  readonly watch: CaseWatch;

  private constructor(
    private readonly program: Program,
    readonly caseId: string,
  ) {
    const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
    [this.worker, this.lead, this.panel, this.province] = [
      hand('worker'),
      hand('lead'),
      hand('chair'),
      hand('province'),
    ];
    this.watch = new CaseWatch(program, caseId);
  }

  /** The child has lived in the facility for years. */
  static async of(program: Program, { sex, givenNameKm, birthDate, facts = {} }: Resident): Promise<Homecoming> {
    const where = { province: '17', district: '1701', synthetic: true };
    const identity = { familyNameKm: 'គំរូ', givenNameKm, birthDate };
    const { id: personId } = await program.as('worker').post('/persons', { sex, identity, ...where });
    const known = { facilityId: 'RCF-17', admission: 'EXISTING', schoolAge: true, birthRegistration: 'HELD', ...facts };
    const opened = { personId, pathway: 'C_REINTEGRATION', owner: 'worker', facts: known, ...where };
    const { id } = await program.as('worker').post('/cases', opened);
    return new Homecoming(program, id);
  }

  /** Who the child is, is verified. */
  async verified(): Promise<void> {
    await this.worker.documents('ROSTER_ENTRY', 'CARE_HISTORY');
    await this.worker.take('C01', declared('C01.2'));
  }

  /** The family is known, the child is safe for now, and both are being assessed. */
  async assessed(): Promise<void> {
    await this.verified();
    await this.worker.take('C05', declared('C05.1'));
    await this.worker.risk('low', 'Safe in the facility');
  }

  /** The file is complete and lies before the panel. */
  async beforeThePanel(): Promise<void> {
    await this.worker.documents('CHILD_ASSESSMENT', 'FAMILY_ASSESSMENT', 'CHILD_VIEWS', 'BIA');
    await this.worker.take('C08', declared('C08.1', 'C08.2'));
  }

  /** The panel agrees on a family, prepares, and the province hands the child over. */
  async home(option: string, ...left: string[]): Promise<void> {
    await this.panel.documents('BID', 'NOTICE_OF_DECISION');
    await this.panel.take('C09', { ...declared('C09.3b'), decision: sitting('P-APPROVE', choosing(option, ...left)) });
    await this.program.advance('P30D');
    await this.worker.track('EDUCATION', 'TRANSFER_ACCEPTED');
    for (const kind of ['PREPARATORY', 'PREPARATORY', 'HOME_VISIT']) await this.worker.contact(kind);
    await this.worker.documents('REINTEGRATION_PLAN', 'PREP_CHECKLIST');
    await this.worker.take('C14', declared('C14.3b'));
    await this.worker.documents('PLACEMENT_AGREEMENT', 'HANDOVER_RECORD');
    await this.worker.consent('CHILD_ASSENT', 'child');
    await this.worker.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
    await this.province.take('C16', declared('C16.1a', 'C16.2'));
  }

  /** Every visit of the first 30 days was made, and monitoring begins. */
  async settled(): Promise<void> {
    await this.visits('DC09');
    await this.worker.document('FOLLOWUP_VISIT');
    await this.worker.take('C18');
  }

  /** Comes home to the child half a day before each of these visits is due. */
  async visits(definition: string, until?: string): Promise<void> {
    for (const { deadline, dueAt, status } of await this.watch.occurrences(definition)) {
      if (status !== 'due' || (until !== undefined && dueAt > until)) continue;
      await this.program.advanceTo(plus(dueAt, '-PT12H', 'Asia/Phnom_Penh'));
      const now = await this.watch.deadline(deadline);
      if (now?.status === 'due') await this.worker.contact('HOME_VISIT');
    }
  }
}

/** The panel with two members beside the chair; nobody from the facility. */
export function sitting(outcome: string, more: Record<string, unknown>): Record<string, unknown> {
  const members = [
    { ...chair, chair: true, vote: 'for' },
    { id: 'lead', role: 'GK_MEMBER', agency: 'NGO-HOME', chair: false, vote: 'for' },
    { id: 'commune', role: 'GK_MEMBER', agency: 'COMMUNE-01', chair: false, vote: 'for' },
  ];
  return { ...decision('P', outcome, chair), ...more, members };
}
