import { Code, Codes, Day, Flag, Id, optional, Part, Words } from '../http/fields.js';
import { PageAsked } from '../http/read-requests.js';
import { longestName, longestPhone } from '../records/contact-requests.js';
import { Capacity, District, Province } from './directory-fields.js';

const name = { ...optional, longest: longestName };

export class CarerIdentity {
  @Words('Family name in Khmer', name)
  familyNameKm?: string;

  @Words('Given name in Khmer', name)
  givenNameKm?: string;

  @Words('Family name in Latin letters', name)
  familyNameLatin?: string;

  @Words('Given name in Latin letters', name)
  givenNameLatin?: string;

  @Words('Telephone number', { ...optional, longest: longestPhone })
  phone?: string;
}

export class CarerLocation {
  @Code('Commune or village in the gazetteer, with leading zeros', optional)
  locationCode?: string;

  @Words('Address', optional)
  address?: string;
}

export class RegisterCarer {
  @Id('Id of the carer; made here when absent', optional)
  carerId?: string;

  @Codes('Kinds of care that the carer is approved for: `KINSHIP`, `FOSTER_EMERGENCY`, `FOSTER_LONG`')
  kinds!: string[];

  @Day('When the carer was assessed')
  assessedOn!: string;

  @Day('Last day of the approval')
  approvedUntil!: string;

  @Capacity('Children at a time')
  capacity!: number;

  @Province('Province, by its two digits')
  province!: string;

  @District('District, by its four digits')
  district!: string;

  @Codes('Languages spoken at home, by their codes', optional)
  languages?: string[];

  @Flag('Whether no child is taken for now', optional)
  paused?: boolean;

  @Part(CarerIdentity, 'Who the carer is; stored sealed', optional)
  identity?: CarerIdentity;

  @Part(CarerLocation, 'Where the carer lives; stored sealed', optional)
  location?: CarerLocation;

  @Flag('Whether the carer is made up, for demonstration or training', optional)
  synthetic?: boolean;
}

/** What is given replaces what was known; what is left out stays. */
export class ChangeCarer {
  @Codes('Kinds of care that the carer is approved for', optional)
  kinds?: string[];

  @Day('When the carer was assessed', optional)
  assessedOn?: string;

  @Day('Last day of the approval', optional)
  approvedUntil?: string;

  @Capacity('Children at a time', optional)
  capacity?: number;

  @Province('Province, by its two digits', optional)
  province?: string;

  @District('District, by its four digits', optional)
  district?: string;

  @Codes('Languages spoken at home', optional)
  languages?: string[];

  @Flag('Whether no child is taken for now', optional)
  paused?: boolean;

  @Part(CarerIdentity, 'Who the carer is: fields given replace those known', optional)
  identity?: CarerIdentity;

  @Part(CarerLocation, 'Where the carer lives: fields given replace those known', optional)
  location?: CarerLocation;
}

/** Which carers are looked for. */
export class CarersAsked extends PageAsked {
  @Code('Kind of care', optional)
  kind?: string;

  @Province('Province', optional)
  province?: string;

  @District('District', optional)
  district?: string;

  @Code('Language spoken at home', optional)
  language?: string;
}

/** What a child needs of a carer besides a place nearby. */
export class CareAsked {
  @Code('Kind of care', optional)
  kind?: string;

  @Code('Language that the child must be spoken to in', optional)
  language?: string;
}
