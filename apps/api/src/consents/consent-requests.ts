import type { ConsentGiver, ConsentManner } from '#libs/pathways';

import { Code, Codes, Day, Flag, Id, OneOf, optional, Part, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { BlockedPerson, longestName } from '../records/contact-requests.js';

const givers = ['child', 'caregiver', 'other_adult', 'case_worker'] as const satisfies readonly ConsentGiver[];
const manners = [
  'signature',
  'thumbprint',
  'written',
  'witnessed_verbal',
  'remote_recorded',
  'spoken',
] as const satisfies readonly ConsentManner[];

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

  @Code('Which caregiver, such as `mother`; needed while one is blocked', optional)
  who?: string;

  @Flag('Whether a child of 15 or more permits that the caregiver is asked', optional)
  childPermits?: boolean;

  @Flag("Whether the worker found a child of 12 to 14 mature enough to consent in the caregiver's stead", optional)
  maturityNoted?: boolean;

  @Words('Who heard it, for a spoken consent or one given from afar', { ...optional, longest: longestName })
  witness?: string;

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

export class RejectConsentException extends Happened {
  @Words('Why')
  reason!: string;
}

export class ReviewConsentException extends Happened {
  @Flag('Whether the exception ends: the caregiver is asked from now on')
  ends!: boolean;

  @Day('When it is asked about again; needed unless it ends', optional)
  reaskOn?: string;

  @Words('What was found', optional)
  text?: string;
}
