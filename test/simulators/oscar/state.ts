import type { Clock, Instant, LocalDate } from '#libs/calendar';
import type { Random } from '../shared/random.js';

export interface OscarOrganization {
  readonly id: number;
  readonly full_name: string;
  /** Names the tenant, as in `cif`. */
  readonly short_name: string;
  /** Whether its clients are shown to other systems: all of them, by name. */
  readonly integrated: boolean;
}

export interface OscarUser {
  readonly id: number;
  readonly email: string;
  readonly password: string;
  readonly first_name: string;
  readonly last_name: string;
  /** Name of the system that this account stands for; without one it finds no referral. */
  readonly system?: string;
}

export interface Worker {
  readonly name: string;
  readonly mobile: string;
}

export interface NamedService {
  readonly uuid: string;
  readonly name: string;
}

export interface Enrolment {
  readonly program_name: string;
  readonly enrollment_date: LocalDate;
  readonly services: readonly NamedService[];
}

export type ClientStatus = 'Referred' | 'Accepted' | 'Active' | 'Exited';

/** What a person fills in, and what another system may overwrite. Empty text where nothing is known. */
export interface ClientFields {
  given_name: string;
  family_name: string;
  local_given_name: string;
  local_family_name: string;
  gender: string;
  date_of_birth: string;
  external_id: string;
  external_id_display: string;
  mosvy_number: string;
  /** Village, commune, district or province: 8, 6, 4 or 2 digits. */
  location: string;
  reason_for_referral: string;
  relevant_referral_information: string;
  reason_for_exiting: string;
  level_of_risk: string;
  external_case_worker_name: string;
  external_case_worker_id: string;
  external_case_worker_mobile: string;
}

export interface Client extends ClientFields {
  /** Counted for each tenant. */
  readonly id: number;
  readonly organization: string;
  readonly slug: string;
  readonly global_id: string;
  readonly created_at: Instant;
  updated_at: Instant;
  synced_date?: LocalDate;
  status: ClientStatus;
  /** Referred out to another system by its own workers. */
  referred_external: boolean;
  readonly workers: Worker[];
  readonly enrolments: Enrolment[];
  readonly consent_forms: string[];
}

export interface OscarReferral {
  /** Counted for each tenant, so that the same number stands in several. */
  readonly id: number;
  readonly organization: string;
  readonly client_global_id: string;
  readonly external_id: string;
  readonly external_id_display: string;
  /** The other system's record as it was sent: what the client is made of when the referral is taken. */
  readonly client: ClientFields;
  readonly referred_from: string;
  readonly referred_to: string;
  /** Whom it concerns on the other side: the system's name. */
  readonly ngo_name: string;
  readonly date_of_referral: LocalDate;
  readonly referral_reason: string;
  readonly services: readonly NamedService[];
  readonly level_of_risk: string;
  referral_status: ClientStatus;
  client_id?: number;
  saved: boolean;
}

/** All that the simulated OSCaR knows. Tests may look at it; they change it through `OscarStaff`. */
export class OscarState {
  readonly clients: Client[] = [];
  readonly referrals: OscarReferral[] = [];
  /** Ids that organisations share. One may belong to no client yet, or to no client ever. */
  readonly globalIds = new Set<string>();
  readonly transactions = new Map<string, readonly unknown[]>();

  constructor(
    readonly clock: Clock,
    readonly random: Random,
    readonly organizations: readonly OscarOrganization[],
    readonly users: readonly OscarUser[],
  ) {}

  organization = (shortName: string): OscarOrganization | undefined =>
    this.organizations.find(({ short_name }) => short_name === shortName);

  today = (): LocalDate => this.clock.now().slice(0, 'YYYY-MM-DD'.length);

  newGlobalId(): string {
    const id = this.random.ulid(this.clock.now());
    this.globalIds.add(id);
    return id;
  }

  nextReferralId = (organization: string): number =>
    1 + this.referrals.filter((referral) => referral.organization === organization).length;

  /** Clients of one identity, the first organisation's first. */
  clientsOf = (globalId: string): Client[] => this.clients.filter(({ global_id }) => global_id === globalId);

  addClient(organization: string, globalId: string, fields: Partial<ClientFields>, status: ClientStatus): Client {
    const id = 1 + this.clients.filter((client) => client.organization === organization).length;
    const now = this.clock.now();
    const client: Client = {
      ...blankClient,
      ...fields,
      id,
      organization,
      slug: `${this.random.letters(4, 'abcdefghijklmnopqrstuvwxyz')}-${id}`,
      global_id: globalId,
      created_at: now,
      updated_at: now,
      status,
      referred_external: false,
      workers: [],
      enrolments: [],
      consent_forms: [],
    };
    this.clients.push(client);
    return client;
  }
}

export const blankClient: ClientFields = {
  given_name: '',
  family_name: '',
  local_given_name: '',
  local_family_name: '',
  gender: '',
  date_of_birth: '',
  external_id: '',
  external_id_display: '',
  mosvy_number: '',
  location: '',
  reason_for_referral: '',
  relevant_referral_information: '',
  reason_for_exiting: '',
  level_of_risk: '',
  external_case_worker_name: '',
  external_case_worker_id: '',
  external_case_worker_mobile: '',
};
