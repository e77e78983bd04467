import { Code, Id, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { District, Province } from '../directory/directory-fields.js';

export class RecordUnmetNeed extends Happened {
  @Id('Id of the need; made here when absent', optional)
  needId?: string;

  @Code('Service that the child wants and nobody can give')
  service!: string;

  @Code('Why it is not to be had: `NONE_EXISTS`, `NO_CAPACITY`, `TOO_FAR`, `NOT_ELIGIBLE`, `COST`, `LANGUAGE`, `OTHER`')
  why!: string;

  @Province("Province where it is wanted; the case's own when absent", optional)
  province?: string;

  @District("District where it is wanted; the case's own when absent", optional)
  district?: string;

  @Words('What was tried', optional)
  text?: string;
}

export class MeetUnmetNeed extends Happened {
  @Words('How it was met', optional)
  text?: string;
}
