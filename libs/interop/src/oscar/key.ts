import type { RequestedService } from '#libs/cases';
import type { CodeTables } from '../codes/code-tables.js';
import { UNMAPPED } from '../codes/service-table.js';

/**
 * OSCaR numbers referrals for each organisation, gives one number to all services of a referral, gives enrolments none,
 * and gives a service type the same uuid for every child. So a service of one child is known by all of them together.
 */
export interface OscarKey {
  organization: string;
  /** Empty for an enrolment and for a service that came without a number. */
  referralId: string;
  /** Empty when it is the uuid that goes with the service. */
  uuid: string;
}

export interface KeyParts {
  organization: string;
  referralId: string | undefined;
  uuid: string | undefined;
  service: RequestedService;
  /** 0 for the first of several that are alike in everything else. */
  repetition: number;
}

export function oscarKey(
  { organization, referralId, uuid, service, repetition }: KeyParts,
  { services }: Pick<CodeTables, 'services'>,
): string {
  const ownUuid = uuid === services.toOscar(service).uuid ? '' : (uuid ?? '');
  const name = service.code === UNMAPPED ? (service.original ?? UNMAPPED) : service.code;
  const parts = [organization, referralId ?? '', ownUuid, name, ...(repetition === 0 ? [] : [String(repetition)])];
  return parts.map(encodeURIComponent).join('/');
}

export function readOscarKey(key: string): OscarKey {
  const [organization = '', referralId = '', uuid = ''] = key.split('/').map(decodeURIComponent);
  return { organization, referralId, uuid };
}
