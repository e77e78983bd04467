import { answeredRow, answerOf, caseOf, decisionsOf, linkOf, upsertsOf } from './mapping.js';
import { OscarSession, PrimeroSession, type OscarTarget, type PrimeroTarget } from './sessions.js';
import { JobStopped, Wire, type Exchange } from './wire.js';

type Json = Record<string, unknown>;

export interface OpenfnOptions {
  readonly primero: PrimeroTarget;
  readonly oscar: OscarTarget;
  /** What Primero changed since then goes to OSCaR, and what OSCaR changed since then to Primero: an ISO moment. */
  readonly since: string;
  /** To whom cases from OSCaR are given when they were referred, and when they were not. */
  readonly owners: { readonly referred: string; readonly shared: string };
}

export interface OpenfnRun {
  readonly exchanges: readonly Exchange[];
  /** The answer that ended the run before its end. */
  readonly stoppedBy: Exchange | undefined;
}

/**
 * The hourly run of the live integration, call by call: the same paths, slashes, headers, bodies and dates in the same
 * order, against any pair of servers that speak as Primero and OSCaR do.
 */
export async function runOpenfn(options: OpenfnOptions): Promise<OpenfnRun> {
  const wire = new Wire();
  const run = new Run(wire, options);
  try {
    await run.all();
    return { exchanges: wire.exchanges, stoppedBy: undefined };
  } catch (error) {
    if (!(error instanceof JobStopped)) throw error;
    return { exchanges: wire.exchanges, stoppedBy: error.exchange };
  }
}

interface Referred {
  readonly record: Json;
  readonly referrals: readonly Json[];
}

class Run {
  readonly #primero: PrimeroSession;
  readonly #oscar: OscarSession;

  constructor(
    private readonly wire: Wire,
    private readonly options: OpenfnOptions,
  ) {
    this.#primero = new PrimeroSession(wire, options.primero);
    this.#oscar = new OscarSession(wire, options.oscar);
  }

  async all(): Promise<void> {
    await this.#firstLinks();
    await this.#toOscar(await this.#changedCases());
    const clients = await this.#changedClients();
    const linked = clients.filter(({ resource }) => resource === 'primero');
    await this.#answers(linked);
    await this.#toPrimero(clients.filter((client) => !linked.includes(client)));
  }

  /** Reads every client there ever was, signs in to Primero, and writes nothing. */
  async #firstLinks(): Promise<void> {
    this.wire.step = 'f0-j1';
    await this.#oscar.signIn();
    await this.#oscar.clients('2022-12-19+00:00:00');
    this.wire.step = 'f0-j2';
    await this.#primero.signIn();
  }

  /** Asks for the same three times over, with one more call for each case. */
  async #changedCases(): Promise<Referred[]> {
    this.wire.step = 'f1-j1';
    await this.#primero.signIn();
    let found: Referred[] = [];
    for (let pass = 0; pass < 3; pass += 1) {
      const since = encodeURIComponent(this.options.since);
      const records = await this.#primero.list(`remote=true&last_updated_at=${since}..&page=1&per=10000`);
      found = [];
      for (const record of records) {
        found.push({ record, referrals: await this.#primero.referrals(String(record['id'])) });
      }
    }
    return found;
  }

  async #toOscar(cases: readonly Referred[]): Promise<void> {
    this.wire.step = 'f1-j2';
    await this.#oscar.signIn();
    for (const organization of cases.flatMap(({ record, referrals }) => upsertsOf(record, referrals))) {
      await this.#oscar.upsert(organization);
    }
    const decisions = cases.flatMap(({ record }) => decisionsOf(record));
    if (decisions.length > 0) await this.#oscar.updateStatuses(decisions);
    await this.#oscar.signIn();
    const links = cases.flatMap(({ record }) => linkOf(record));
    if (links.length > 0) await this.#oscar.updateLinks(links);
  }

  async #changedClients(): Promise<Json[]> {
    this.wire.step = 'f2-j1';
    await this.#oscar.signIn();
    return this.#oscar.clients(this.options.since);
  }

  /** First the referrals of all answered services, then the cases. */
  async #answers(clients: readonly Json[]): Promise<void> {
    this.wire.step = 'f2-j2';
    await this.#primero.signIn();
    const answered = clients.filter((client) => servicesOf(client).some((service) => answerOf(service) !== undefined));
    const found: { client: Json; record: Json; referrals: Json[] }[] = [];
    for (const client of answered) {
      const [record] = await this.#primero.list(`case_id=${String(client['external_id'])}`);
      if (record === undefined) continue;
      found.push({ client, record, referrals: await this.#primero.referrals(String(record['id'])) });
    }
    for (const { client, record, referrals } of found) {
      for (const service of servicesOf(client)) await this.#answerOne(record, referrals, service);
    }
    for (const { client } of found) await this.#writeAnswers(client);
  }

  async #answerOne(record: Json, referrals: readonly Json[], service: Json): Promise<void> {
    const answer = answerOf(service);
    const row = answeredRow(record, service);
    const open = referrals.find(
      ({ status, service_record_id }) => status === 'in_progress' && service_record_id === row?.['unique_id'],
    );
    if (answer === undefined || open === undefined) return;
    await this.#primero.answerReferral(String(record['id']), open, answer.referral);
  }

  async #writeAnswers(client: Json): Promise<void> {
    const [record] = await this.#primero.list(`remote=true&case_id=${String(client['external_id'])}`);
    if (record === undefined) return;
    const rows = servicesOf(client).flatMap((service) => {
      const [answer, row] = [answerOf(service), answeredRow(record, service)];
      if (answer === undefined || row === undefined) return [];
      return [{ unique_id: row['unique_id'], referral_status_edf41f2: answer.row }];
    });
    const { global_id: oscar_number, slug: oscar_short_id, status: oscar_status } = client;
    const change = { oscar_number, oscar_short_id, oscar_status, services_section: rows };
    await this.#primero.change(String(record['id']), change);
  }

  async #toPrimero(clients: readonly Json[]): Promise<void> {
    this.wire.step = 'f2-j3';
    await this.#primero.signIn();
    for (const client of clients) await this.#writeClient(client);
    const since = encodeURIComponent(this.options.since);
    const waiting = await this.#primero.list(`remote=true&last_updated_at=${since}..&workflow=referral_from_oscar`);
    for (const { id } of waiting) await this.#markPending(String(id));
  }

  async #writeClient(client: Json): Promise<void> {
    const { external_id, global_id, is_referred } = client;
    const by = external_id === '' ? `oscar_number=${String(global_id)}` : `case_id=${String(external_id)}`;
    const [known] = await this.#primero.list(`remote=true&${by}`);
    const { referred, shared } = this.options.owners;
    const record = caseOf(client, is_referred === true ? referred : shared, known === undefined);
    if (known === undefined) await this.#primero.create(record);
    else await this.#primero.change(String(known['id']), record);
  }

  /** A referral without a status is one that waits. */
  async #markPending(id: string): Promise<void> {
    const [record] = await this.#primero.list(`remote=true&id=${id}`);
    const rows = (record?.['services_section'] ?? []) as Json[];
    const services_section = rows
      .filter((row) => row['service_response_type'] === 'referral_from_oscar' && !row['referral_status_edf41f2'])
      .map(({ unique_id }) => ({ unique_id, referral_status_edf41f2: 'pending_310366' }));
    await this.#primero.change(id, { services_section });
  }
}

const servicesOf = (client: Json): Json[] => client['services'] as Json[];
