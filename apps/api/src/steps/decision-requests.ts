import { IntersectionType } from '@nestjs/swagger';

import { Code, Day, Flag, Id, OneOf, optional, Part, Parts, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const votes = ['for', 'against', 'abstained', 'none'] as const;
const ways = ['language', 'interpreter', 'sign_language', 'play', 'drawing', 'later', 'not_applicable'] as const;

export class OptionConsidered {
  @Code('Option that was considered')
  option!: string;

  @Words('Why it was taken or left', optional)
  reason?: string;
}

export class Member {
  @Code('Member of staff who sat')
  id!: string;

  @Code('Role in which they sat')
  role!: string;

  @Code('Their agency')
  agency!: string;

  @Flag('Whether they chaired')
  chair!: boolean;

  @OneOf(votes, 'How they voted')
  vote!: (typeof votes)[number];
}

export class MissingItem {
  @Code('What is missing before a decision can be taken')
  code!: string;

  @Day('By when it must be there')
  by!: string;
}

export class ChildsViews {
  @OneOf(ways, 'How the child was asked')
  sought!: (typeof ways)[number];

  @Flag('Whether the decision follows what the child wants', optional)
  followed?: boolean;

  @Words('What the child said', optional)
  said?: string;

  @Words('Why the decision does not follow it', optional)
  whyNotFollowed?: string;
}

/** A decision, taken on its own or with the step that it carries. */
export class DecisionTaken {
  @Id('Id of the decision; made here when absent', optional)
  decisionId?: string;

  @Code('Gate at which it was taken')
  gate!: string;

  @Code('Outcome')
  outcome!: string;

  @Parts(OptionConsidered, 'Options that were considered, each with its reason')
  options!: OptionConsidered[];

  @Code('The option that was chosen', optional)
  option?: string;

  @Parts(Member, 'Who sat')
  members!: Member[];

  @Words('Reasons for the decision')
  reasons!: string;

  @Code('Reason by its code', optional)
  reasonCode?: string;

  @Part(MissingItem, 'What is still missing, for a decision put off', optional)
  missingItem?: MissingItem;

  @Day('When the decision is looked at again', optional)
  reviewOn?: string;

  @Part(ChildsViews, "The child's views and what became of them")
  views!: ChildsViews;

  @Flag('Whether the child was told, in words that a child understands')
  noticeGiven!: boolean;
}

/** A decision recorded on its own. */
export class RecordDecision extends IntersectionType(DecisionTaken, Happened) {}
