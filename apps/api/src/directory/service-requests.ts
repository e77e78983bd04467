import { Code, Codes, Day, Flag, Id, optional } from '../http/fields.js';
import { PageAsked } from '../http/read-requests.js';
import { Capacity, District, Districts, Province, Provinces } from './directory-fields.js';

export class OfferService {
  @Id('Id of the entry; made here when absent', optional)
  entryId?: string;

  @Code('Agency that gives the service')
  agency!: string;

  @Code('Service, by its code; an agency has one entry for each')
  service!: string;

  @Provinces('Whole provinces that are served', optional)
  provinces?: string[];

  @Districts('Districts that are served; at least one place must be named', optional)
  districts?: string[];

  @Codes('Languages in which it is given, by their codes', optional)
  languages?: string[];

  @Flag('Whether an interpreter is brought for any other language', optional)
  interpreter?: boolean;

  @Capacity('Children at a time')
  capacity!: number;

  @Day('First day')
  startsOn!: string;

  @Day('Last day; absent: no end is known', optional)
  endsOn?: string;

  @Flag('Whether nobody is taken for now', optional)
  paused?: boolean;
}

/** What is given replaces what was known; what is left out stays. Agency and service make an entry what it is. */
export class ChangeService {
  @Provinces('Whole provinces that are served', optional)
  provinces?: string[];

  @Districts('Districts that are served', optional)
  districts?: string[];

  @Codes('Languages in which it is given', optional)
  languages?: string[];

  @Flag('Whether an interpreter is brought for any other language', optional)
  interpreter?: boolean;

  @Capacity('Children at a time', optional)
  capacity?: number;

  @Day('First day', optional)
  startsOn?: string;

  @Day('Last day', optional)
  endsOn?: string;

  @Flag('Whether nobody is taken for now', optional)
  paused?: boolean;
}

/** Which entries are looked for. */
export class ServicesAsked extends PageAsked {
  @Code('Service', optional)
  service?: string;

  @Code('Agency', optional)
  agency?: string;

  @Province('Province of which at least a part is served', optional)
  province?: string;

  @District('District that is served, by itself or with its province', optional)
  district?: string;

  @Code('Language in which it is given, or interpreted', optional)
  language?: string;
}
