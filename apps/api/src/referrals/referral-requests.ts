import type { ReferralType, Urgency } from '#libs/cases';

import { Code, Id, OneOf, optional, Part, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';

const types = ['service', 'transfer'] as const satisfies readonly ReferralType[];
const urgencies = ['EMERGENCY', 'URGENT_3H', 'URGENT', 'SOON', 'ROUTINE'] as const satisfies readonly Urgency[];

export class RequestedService {
  @Code('Service that is asked for')
  code!: string;

  @Code('Type of service', optional)
  type?: string;
}

export class DraftReferral extends Happened {
  @Id('Id of the referral; made here when absent', optional)
  referralId?: string;

  @OneOf(types, 'One service, or the responsibility for the case')
  type!: ReferralType;

  @Part(RequestedService, 'What is asked for')
  service!: RequestedService;

  @Code("Agency that asks; the caller's own when absent", optional)
  fromAgency?: string;

  @Code('Agency that is asked')
  toAgency!: string;

  @OneOf(urgencies, 'Within 1, 3, 24 or 72 hours, or 7 days')
  urgency!: Urgency;

  @Code(
    'Language in which the child must be served, where it is not Khmer: `cmo`, or `csx` for sign language',
    optional,
  )
  language?: string;

  @Words('Why', optional)
  reason?: string;
}

export class SendReferral extends Happened {
  @Code('Another agency than the draft names', optional)
  toAgency?: string;
}

export class AnswerReferral extends Happened {}

export class ReferralInformation extends Happened {
  @Words('What is asked, or what is answered')
  text!: string;
}

export class RejectReferral extends Happened {
  @Code('Reason by its code')
  reason!: string;

  @Words('Reason in words', optional)
  text?: string;
}

export class CompleteReferral extends Happened {
  @Words('What came of it', optional)
  text?: string;
}

export class RevokeReferral extends Happened {
  @Code('Reason by its code')
  reason!: string;
}
