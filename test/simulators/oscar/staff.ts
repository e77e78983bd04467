import type { LocalDate } from '#libs/calendar';
import { addReferral } from './referrals.js';
import { serviceUuid } from './service-uuid.js';
import type { Client, ClientFields, OscarReferral, OscarState, Worker } from './state.js';

/** The people who work in organisations that use OSCaR: what they do in its pages. */
export class OscarStaff {
  constructor(private readonly state: OscarState) {}

  openClient(organization: string, fields: Partial<ClientFields>, worker?: Worker): Client {
    const client = this.state.addClient(organization, this.state.newGlobalId(), fields, 'Active');
    if (worker !== undefined) client.workers.push(worker);
    return client;
  }

  changeClient(client: Client, fields: Partial<ClientFields>): void {
    Object.assign(client, fields, { updated_at: this.state.clock.now() });
  }

  /** Begins a programme; its services are named. */
  enrol(client: Client, programme: string, on: LocalDate, services: readonly string[]): void {
    const named = services.map((name) => ({ uuid: serviceUuid(name) ?? '', name }));
    client.enrolments.push({ program_name: programme, enrollment_date: on, services: named });
    client.status = 'Active';
    client.updated_at = this.state.clock.now();
  }

  exitClient(client: Client, reason: string): void {
    client.status = 'Exited';
    this.changeClient(client, { reason_for_exiting: reason });
  }

  /** Refers a client to another system, as its name stands with the account of that system. */
  referOut(
    client: Client,
    system: string,
    asked: { services: readonly string[]; reason: string; risk: string },
  ): OscarReferral {
    const { organization, global_id: globalId } = client;
    client.referred_external = true;
    this.changeClient(client, { reason_for_referral: asked.reason, level_of_risk: asked.risk });
    const referral = addReferral(this.state, {
      ...{ organization, globalId, client: { ...client }, services: asked.services },
      ...{ from: organization, to: system, system },
    });
    return Object.assign(referral, { client_id: client.id, saved: true });
  }

  /** Makes a client of what was sent, with the identity that has been waiting since. */
  acceptReferral(referral: OscarReferral): Client {
    return this.#answer(referral, 'Accepted');
  }

  /** A refused referral becomes a client, too: one that has left. */
  rejectReferral(referral: OscarReferral): Client {
    return this.#answer(referral, 'Exited');
  }

  #answer(referral: OscarReferral, status: 'Accepted' | 'Exited'): Client {
    const { organization, client_global_id: globalId, client: fields } = referral;
    const known = this.state.clientsOf(globalId).find((each) => each.organization === organization);
    const client = known ?? this.state.addClient(organization, globalId, fields, status);
    Object.assign(client, { status, updated_at: this.state.clock.now() });
    Object.assign(referral, { client_id: client.id, saved: true, referral_status: status });
    return client;
  }
}
