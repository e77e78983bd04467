import { Moment, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

export class ExtendDeadline extends Happened {
  @Moment('New due time')
  until!: string;

  @Words('Why')
  reason!: string;
}
