import { Moment, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

export class PauseDeadline extends Happened {
  @Moment('When it goes on by itself, at the latest')
  until!: string;

  @Words('Why')
  reason!: string;
}

export class ResumeDeadline extends Happened {}

export class ExtendDeadline extends Happened {
  @Moment('New due time')
  until!: string;

  @Words('Why')
  reason!: string;
}
