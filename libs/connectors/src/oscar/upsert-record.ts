import type { ExportInput, OutgoingRecord } from '#libs/interop';
import type { OscarRecord } from './oscar-client.js';

/** What OSCaR's upsert reads; it drops all else in silence. Texts of the worker are left to OSCaR's own defaults. */
const carried = [
  'global_id',
  'external_id',
  'external_id_display',
  'mosvy_number',
  'given_name',
  'family_name',
  'gender',
  'date_of_birth',
  'location_current_village_code',
  'address_current_village_code',
  'level_of_risk',
  'organization_name',
] as const;

export interface AskedService {
  readonly uuid: unknown;
  readonly name: unknown;
}

export interface UpsertParts {
  /** Of `toOscar`, for the organisation that is asked. */
  readonly record: OutgoingRecord;
  readonly input: ExportInput;
  readonly service: AskedService;
  readonly reason: string;
  /** The organisation knows the child: only then is the child's global id sent, because OSCaR writes over that client. */
  readonly known: boolean;
}

/** One referral for one organisation, with its own service and its own reason. Empty fields stay away: OSCaR would clear. */
export function upsertRecord({ record, input, service, reason, known }: UpsertParts): OutgoingRecord {
  const fields = Object.fromEntries(
    carried
      .filter((field) => known || field !== 'global_id')
      .map((field): [string, unknown] => [field, record[field]])
      .filter(([, value]) => value !== '' && value !== undefined),
  );
  return {
    ...fields,
    external_id: externalId(record, input),
    reason_for_referral: reason,
    is_referred: true,
    referral_status: 'Referred',
    services: [{ uuid: service.uuid, name: service.name }],
  };
}

/** Under which id OSCaR knows a case of ours: Primero's, where Primero has one. */
export const externalId = ({ external_id: told }: OutgoingRecord, { caseId }: ExportInput): string =>
  typeof told === 'string' && told !== '' ? told : caseId;

/** Whether a list of clients shows that a referral arrived: by our id of the case, the organisation and the service. */
export function isListed(clients: readonly OscarRecord[], sent: OutgoingRecord): boolean {
  const [wanted] = sent['services'] as [AskedService];
  return clients.some((client) => {
    const { external_id: id, organization_name: organisation, services } = client;
    if (id !== sent['external_id'] || organisation !== sent['organization_name'] || !Array.isArray(services))
      return false;
    return (services as OscarRecord[]).some(({ uuid, name }) => uuid === wanted.uuid && name === wanted.name);
  });
}
