import { Code, Codes, Count, Day, Flag, Id, optional, Part, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { longestName, longestPhone } from '../records/contact-requests.js';

/** More children than any facility has room for. */
const most = 10_000;

export class Place {
  @Words('Name of the facility', { ...optional, longest: longestName })
  name?: string;

  @Words('Address', optional)
  address?: string;

  @Words('Telephone number', { ...optional, longest: longestPhone })
  phone?: string;
}

class Entry extends Happened {
  @Code('Kind of facility: `RCI`, `GROUP_HOME`, `BOARDING`, `PAGODA`, `TRANSIT`, `PRISON`, `YRC`')
  type!: string;

  @Code('Province, by its two digits')
  province!: string;

  @Code('District, by its four digits')
  district!: string;

  @Code('Village, by its eight digits; sealed where the place of such a facility must not be known', optional)
  village?: string;

  @Part(Place, 'What it is called and where exactly it lies; stored sealed', optional)
  place?: Place;

  @Code("Agency that answers for it; the caller's own when absent", optional)
  agency?: string;

  @Code('Member of staff there who follows it up', optional)
  owner?: string;

  @Flag('Whether it is made up, for demonstration or training', optional)
  synthetic?: boolean;
}

export class RegisterFacility extends Entry {
  @Code('Code by which cases, agencies and staff name it, such as `RCF-17`')
  code!: string;

  @Code('State in which it is entered: `AUTHORISED` or `NOTIFIED`')
  state!: string;

  @Count('How many children it is made for', most)
  capacity!: number;
}

export class ReportUnregisteredFacility extends Entry {
  @Code('Code by which it is to be named; made here when absent', optional)
  code?: string;

  @Count('How many children were seen there', most)
  children!: number;

  @Words('What was found; stored sealed', optional)
  text?: string;
}

export class MoveFacility extends Happened {
  @Code('State it moves to')
  to!: string;

  @Code('Reason, as a code of the register', optional)
  reasonCode?: string;

  @Words('Reason in words; stored sealed. One of the two is needed', optional)
  reason?: string;

  @Day('Day on which it closes, where it is to close', optional)
  closesOn?: string;
}

export class RecordInspection extends Happened {
  @Id('Id of the inspection; made here when absent', optional)
  inspectionId?: string;

  @Code('Who inspected; the caller when absent', optional)
  inspector?: string;

  @Code('What it came to: `COMPLIANT`, `IMPROVEMENT_NOTICE`, `SUSPENDED`, `NOTED`')
  result!: string;

  @Codes('What was found, as codes of the register', optional)
  findings?: string[];

  @Words('What was found, in words; stored sealed', optional)
  text?: string;
}

/** What is given replaces what was known; what is left out stays. */
export class ChangeFacilityDetails extends Happened {
  @Count('How many children it is made for', most, optional)
  capacity?: number;

  @Code('Village, by its eight digits', optional)
  village?: string;

  @Part(Place, 'What it is called and where exactly it lies; stored sealed', optional)
  place?: Place;

  @Code('Agency that answers for it', optional)
  agency?: string;

  @Code('Member of staff there who follows it up', optional)
  owner?: string;
}

export class AccuseFacility extends Happened {
  @Id('Id of the allegation; made here when absent', optional)
  accusationId?: string;

  @Words('The allegation against the facility or its director; stored sealed')
  text!: string;
}

export class ClearFacility extends Happened {
  @Words('Why it is settled; stored sealed')
  reason!: string;
}

export class SetClosingDate extends Happened {
  @Day('Day on which it closes')
  closesOn!: string;
}
