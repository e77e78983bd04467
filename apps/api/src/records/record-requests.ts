import type { FactValue, RiskLevel } from '#libs/pathways';

import { Code, Facts, Id, OneOf, optional, Scores, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const riskLevels = ['high', 'medium', 'low', 'no_action'] as const satisfies readonly RiskLevel[];
const conflictSubjects = ['staff', 'agency', 'facility', 'person'] as const;

export class RecordDocument extends Happened {
  @Id('Id of the document; made here when absent', optional)
  documentId?: string;

  @Code('Kind of document, such as `RISK_SCREEN`')
  code!: string;

  @Code('Media type of the file, which itself is kept elsewhere', optional)
  mediaType?: string;

  @Scores('Scored items by part, for assessments with a closing rule', optional)
  scores?: Record<string, Record<string, number>>;

  @Words('What the document says, in short', optional)
  text?: string;
}

export class SetRiskLevel extends Happened {
  @OneOf(riskLevels, 'The level from now on')
  level!: RiskLevel;

  @Words('Why')
  reason!: string;

  @Id('Id of the proposal, when the level is lower and a supervisor has to agree; made here when absent', optional)
  proposalId?: string;
}

export class AgreeToLowerRisk extends Happened {
  @Words('What was considered', optional)
  reason?: string;
}

export class MoveTrack extends Happened {
  @Code('Track of the pathway, such as `LIBERTY`')
  track!: string;

  @Code('Row, for a track with one row a measure', optional)
  row?: string;

  @Code('State that the track enters')
  to!: string;

  @Code('Authority that ordered it', optional)
  authority?: string;

  @Code('Number of the order', optional)
  orderReference?: string;

  @Code('Where, by the code of the place', optional)
  place?: string;

  @Words('Danger that does not wait for the review of a decision, for a move of the child', optional)
  danger?: string;

  @Words('What else is to be known', optional)
  text?: string;
}

export class RecordFacts extends Happened {
  @Facts('Facts by name. Each is stored in clear, so none may name or describe the child')
  facts!: Record<string, FactValue>;
}

export class AddNote extends Happened {
  @Id('Id of the note; made here when absent', optional)
  noteId?: string;

  @Code('Kind of note, such as `CASE_NOTE` or `HOLD_REVIEW`')
  kind!: string;

  @Words('The note')
  text!: string;
}

export class DeclareConflict extends Happened {
  @Id('Id of the declaration; made here when absent', optional)
  conflictId?: string;

  @OneOf(conflictSubjects, 'What is in conflict of interest')
  subject!: (typeof conflictSubjects)[number];

  @Code('Which one, by its id')
  ref!: string;

  @Words('Why')
  reason!: string;
}
