import type { CaseRelation } from '#libs/cases';
import type { FactValue } from '#libs/pathways';

import { Code, Facts, Flag, Id, OneOf, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const relations = ['sibling', 'co_accused', 'same_child', 'follows'] as const satisfies readonly CaseRelation[];

export class OpenCase extends Happened {
  @Id('Id of the case; made here when absent', optional)
  caseId?: string;

  @Code('Code of the case, as people write it; made here when absent', optional)
  code?: string;

  @Id('The child')
  personId!: string;

  @Code("Agency that holds the case; the caller's own when absent", optional)
  agency?: string;

  @Code('Member of staff who keeps the case', optional)
  owner?: string;

  @Code('Province, by its two digits', optional)
  province?: string;

  @Code('District, by its four digits', optional)
  district?: string;

  @Code(
    'Pathway: `A_OCSEA` for its present version, `A_OCSEA@1.0.0` for one. Absent: the case waits, unassigned',
    optional,
  )
  pathway?: string;

  @Facts('Facts of the pathway that are known already', optional)
  facts?: Record<string, FactValue>;

  @Id('Another case of the child from which this one is opened', optional)
  openedFrom?: string;

  @Code('State to begin in, one that the pathway lets cases begin in that are opened from another', optional)
  startAt?: string;

  @Flag('Whether the child is made up, for demonstration or training', optional)
  synthetic?: boolean;
}

export class MigrateCase extends Happened {
  @Code('Version under which the case goes on: `A_OCSEA@1.1.0`')
  to!: string;

  @Words('Why it does not stay on its version', { longest: 2_000 })
  reason!: string;
}

export class LinkCase extends Happened {
  @Id('The other case')
  caseId!: string;

  @OneOf(relations, 'What it has to do with this one')
  relation!: CaseRelation;
}

export class EnrolCase extends Happened {
  @Code('Pathway: `A_OCSEA` for its present version, `A_OCSEA@1.0.0` for one')
  pathway!: string;

  @Facts('Facts of the pathway that are known already', optional)
  facts?: Record<string, FactValue>;
}

export class AssignCase extends Happened {
  @Code('Member of staff who keeps the case from now on')
  owner!: string;

  @Code("Agency that holds it from now on; the caller's own when absent", optional)
  agency?: string;
}
