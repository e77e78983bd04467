import type { ConsentGiver, ConsentManner } from '#libs/cases';

import { Code, Codes, Day, Id, OneOf, optional, Part, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { BlockedPerson } from '../records/contact-requests.js';

const givers = ['child', 'caregiver', 'other_adult', 'case_worker'] as const satisfies readonly ConsentGiver[];
const manners = ['signature', 'thumbprint', 'witnessed_verbal', 'written'] as const satisfies readonly ConsentManner[];

export class GiveConsent extends Happened {
  @Id('Id of the consent; made here when absent', optional)
  consentId?: string;

  @Code('Kind of consent, such as `CONSENT_SERVICES`')
  kind!: string;

  @OneOf(givers, 'Who gives it')
  giver!: ConsentGiver;

  @OneOf(manners, 'How it was given')
  manner!: ConsentManner;

  @Code('Language in which it was explained, such as `km`')
  language!: string;

  @Code('Purpose, by its code', optional)
  purpose?: string;

  @Code('Agency with which may be shared', optional)
  recipient?: string;

  @Codes('What may be shared; absent: nothing is singled out', optional)
  items?: string[];

  @Day('Last day on which it holds', optional)
  endsOn?: string;

  @Words('What else is to be known', optional)
  text?: string;
}

export class WithdrawConsent extends Happened {
  @OneOf(givers, 'Who withdraws it')
  giver!: ConsentGiver;

  @Words('What else is to be known', optional)
  text?: string;
}

export class RecordConsentException extends Happened {
  @Id('Id of the exception; made here when absent', optional)
  exceptionId?: string;

  @Code('Kind of exception, such as `EX1`')
  code!: string;

  @Codes('Kinds of consent that it stands in for')
  kinds!: string[];

  @Words('Why consent cannot be asked for')
  reason!: string;

  @Day('When consent is asked for again')
  reaskOn!: string;

  @Part(BlockedPerson, 'The caregiver who must not be contacted', optional)
  blocked?: BlockedPerson;
}

export class ApproveConsentException extends Happened {}
