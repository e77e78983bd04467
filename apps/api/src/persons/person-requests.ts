import { isLocalDate } from '#libs/calendar';
import { erasureReasons, type ErasureReason, type Sex } from '#libs/cases';
import { searchPurposes, type SearchPurpose } from '#libs/read-models';

import { field, type FieldOptions, type Rule } from '../http/field.js';
import { Code, Flag, Id, OneOf, optional, Part, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { longestName, longestPhone } from '../records/contact-requests.js';

const sexes = ['female', 'male', 'other', 'unknown'] as const satisfies readonly Sex[];
const name = { ...optional, longest: longestName };

const birthDateRule: Rule = (value) => {
  if (typeof value !== 'string') return { code: 'wrong_type' };
  const whole = `${value}${'-01-01'.slice(Math.max(0, value.length - 4))}`;
  if (/^\d{4}(?:-\d{2}){0,2}$/.test(value) && isLocalDate(whole)) return undefined;
  return {
    code: 'invalid',
    message: { en: 'is not a day, month or year: YYYY-MM-DD, YYYY-MM, YYYY', km: 'មិនមែនជា YYYY-MM-DD, YYYY-MM ឬ YYYY' },
  };
};

const BirthDate = (options: FieldOptions): PropertyDecorator =>
  field(
    birthDateRule,
    { type: String, description: 'As exactly as it is known', examples: ['2012-02-02', '2012'] },
    options,
  );

export class Identity {
  @Words('Family name in Khmer', name)
  familyNameKm?: string;

  @Words('Given name in Khmer', name)
  givenNameKm?: string;

  @Words('Family name in Latin letters', name)
  familyNameLatin?: string;

  @Words('Given name in Latin letters', name)
  givenNameLatin?: string;

  @Words('Nickname', name)
  nickname?: string;

  @BirthDate(optional)
  birthDate?: string;

  @Flag('Whether the birth date is an estimate', optional)
  birthEstimated?: boolean;

  @Code('Number given by the ministry', optional)
  mosvyNumber?: string;

  @Words('Telephone number', { ...optional, longest: longestPhone })
  phone?: string;
}

export class Location {
  @Code('Commune or village in the gazetteer, with leading zeros', optional)
  locationCode?: string;

  @Code('Address code', optional)
  addressCode?: string;

  @Words('Address', optional)
  address?: string;
}

export class RegisterPerson extends Happened {
  @Id('Id of the person; made here when absent', optional)
  personId?: string;

  @OneOf(sexes, 'Sex')
  sex!: Sex;

  @Part(Identity, 'What names the child; stored sealed', optional)
  identity?: Identity;

  @Part(Location, 'Where the child lives; stored sealed', optional)
  location?: Location;

  @Code('Province, by its two digits', optional)
  province?: string;

  @Code('District, by its four digits', optional)
  district?: string;

  @Flag('Whether the child is made up, for demonstration or training', optional)
  synthetic?: boolean;
}

export class FindPerson {
  @OneOf(searchPurposes, 'What the child is looked for; it is kept with who looked and who was shown')
  purpose!: SearchPurpose;

  @OneOf(sexes, 'Sex', optional)
  sex?: Sex;

  @Part(Identity, 'Names, birth date and numbers, as far as they are known')
  identity!: Identity;

  @Part(Location, 'Where the child lives', optional)
  location?: Location;

  @Code('District, by its four digits', optional)
  district?: string;
}

export class RaisePersonFlag extends Happened {
  @Id('Id of the flag; made here when absent', optional)
  flagId?: string;

  @Code('Kind of flag, such as `SAFETY`')
  kind!: string;

  @Id('Case of the child that it comes from')
  caseId!: string;

  @Words('Why; never shown to the other cases')
  reason!: string;
}

export class LiftPersonFlag extends Happened {
  @Words('Why')
  reason!: string;
}

export class AgreeToMove extends Happened {
  @Id('Case that prepares to move the child')
  caseId!: string;

  @Id("Case that owns the child's safety, on whose behalf the caller agrees")
  byCase!: string;

  @Words('What was considered; never shown to the other case')
  reason!: string;
}

export class MergePerson extends Happened {
  @Id('Record of the same child that is kept')
  into!: string;

  @Words('How it is known that they are one child')
  reason!: string;
}

export class UnmergePerson extends Happened {
  @Words('Why')
  reason!: string;
}

export class ProposeErasure extends Happened {
  @Id('Id of the erasure; made here when absent', optional)
  erasureId?: string;

  @OneOf(erasureReasons, 'Why the child is to be forgotten')
  because!: ErasureReason;

  @Words('What was considered; it is forgotten with the child')
  reason!: string;
}

export class WithdrawErasure extends Happened {
  @Words('Why')
  reason!: string;
}

/** What is given replaces what was known; what is left out stays. */
export class ChangePersonDetails extends Happened {
  @OneOf(sexes, 'Sex', optional)
  sex?: Sex;

  @Part(Identity, 'What names the child: fields given replace those known', optional)
  identity?: Identity;

  @Part(Location, 'Where the child lives: fields given replace those known', optional)
  location?: Location;

  @Code('Province, by its two digits', optional)
  province?: string;

  @Code('District, by its four digits', optional)
  district?: string;
}
