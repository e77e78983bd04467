import { Code, optional, Part, Parts, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { DecisionTaken } from './decision-requests.js';

export class Attestation {
  @Code('Guard that is declared to hold')
  guard!: string;

  @Words('Why it holds, by the person who declares it')
  reason!: string;
}

export class Assignee {
  @Code('Member of staff who keeps the case from now on')
  owner!: string;

  @Code('Their agency')
  agency!: string;
}

export class TakeTransition extends Happened {
  @Code('Transition of the pathway, such as `A01`')
  transition!: string;

  @Code('Reason by its code', optional)
  reasonCode?: string;

  @Words('Reason in words', optional)
  reason?: string;

  @Words('Danger that does not wait for the review of a decision, for a move of the child', optional)
  danger?: string;

  @Code('Closure outcome', optional)
  outcome?: string;

  @Part(Assignee, 'Who keeps the case from now on', optional)
  assignee?: Assignee;

  @Parts(Attestation, 'Guards that the caller declares to hold', optional)
  attestations?: Attestation[];

  @Part(DecisionTaken, 'The decision that this step carries out', optional)
  decision?: DecisionTaken;
}

export class AttestGuard extends Happened {
  @Code('Guard that is declared to hold')
  guard!: string;

  @Words('Why it holds, by the person who declares it')
  reason!: string;
}
