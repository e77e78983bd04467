import type { ReceivedRecord, ReceivedReferral, RequestedService } from '#libs/cases';
import type { ReferralState } from '#libs/pathways';
import { GOVERNMENT } from '../codes/agency-table.js';
import { present } from '../objects.js';
import type { Reading } from '../reading.js';
import { rejectionReason } from '../rejection.js';
import { sealedWords } from '../sealed-words.js';
import { serviceFacts } from '../service-facts.js';
import type { TranslationContext } from '../translation.js';
import { oscarKey } from './key.js';

export interface ServicesContext extends Pick<TranslationContext, 'referralId' | 'codes'> {
  organization: string;
  /** The referral was made by the government, not by the organisation. */
  fromGovernment: boolean;
  reason: string | undefined;
  /** Sealed with each service: a later record may be another organisation's. */
  worker: Record<'oscar_case_worker_name' | 'oscar_case_worker_telephone', string | undefined>;
}

interface ReceivedService {
  row: Reading;
  key: string;
  service: RequestedService;
}

/** One referral for each service. */
export function referralsFrom(record: Reading, context: ServicesContext) {
  const services = keyed(record, context);
  return {
    referrals: services.map((service) => referralOf(service, record, context)),
    facts: Object.assign({}, ...services.map(factsOf)) as ReceivedRecord['facts'],
  };
}

function keyed(record: Reading, { organization, codes }: ServicesContext): ReceivedService[] {
  const taken = new Set<string>();
  return record.rows('services').map((row) => {
    const uuid = row.code('uuid');
    const category = row.text('category') ?? row.text('program_name');
    const service = codes.services.fromOscar({ uuid, name: row.text('name'), category });
    const referralId = row.code('referral_id');
    const keyOf = (repetition: number): string =>
      oscarKey({ organization, referralId, uuid, service, repetition }, codes);
    let repetition = 0;
    while (taken.has(keyOf(repetition))) repetition += 1;
    taken.add(keyOf(repetition));
    return { row, key: keyOf(repetition), service };
  });
}

function referralOf(
  { row, key, service }: ReceivedService,
  record: Reading,
  context: ServicesContext,
): ReceivedReferral {
  const state = stateOf(row, record, context);
  const sentOn = row.date('enrollment_date') ?? record.date('date_of_referral');
  return {
    referralId: context.referralId(key),
    key,
    type: 'service',
    service,
    ...partiesOf(row, context),
    urgency: 'ROUTINE',
    state,
    ...(state === 'REJECTED' ? { rejectionReason: rejectionReason(service, []) } : {}),
    ...present({ sentOn }),
    sealed: sealedWords({
      identity: context.worker,
      narrative: { text: context.reason, program_name: row.text('program_name') },
    }),
  };
}

/** The service's own status; a service the child is enrolled in has begun; else what the record says of all of them. */
function stateOf(row: Reading, record: Reading, { codes }: ServicesContext): ReferralState {
  return (
    row.option('referral_status', codes.oscarStatus, 'unknown status') ??
    (row.date('enrollment_date') === undefined ? undefined : 'IN_SERVICE') ??
    record.option('referral_status', codes.oscarStatus, 'unknown status') ??
    'SENT'
  );
}

function partiesOf(row: Reading, { organization, fromGovernment, codes }: ServicesContext) {
  const partner = codes.agencies.fromOscar(organization);
  if (fromGovernment) return { fromAgency: GOVERNMENT, toAgency: partner };
  const enrolled = row.date('enrollment_date') !== undefined;
  return { fromAgency: partner, toAgency: enrolled ? partner : GOVERNMENT };
}

const factsOf = ({ row, key }: ReceivedService): ReceivedRecord['facts'] =>
  serviceFacts(key, { enrollment_date: row.date('enrollment_date') });
