import { Flag, Id, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

export class TakeEmergencyAccess {
  @Id('Id of the access; made here when absent', optional)
  accessId?: string;

  @Words('What danger the child is in, and why nobody who keeps the case can be asked; 20 characters at least')
  reason!: string;
}

export class ReviewEmergencyAccess extends Happened {
  @Flag('Whether it was right to take it')
  justified!: boolean;

  @Words('What was found')
  text!: string;
}
