import type { Instant } from '#libs/calendar';
import type { ExchangeTarget } from '#libs/configuration';
import type { OutgoingRecord } from '#libs/interop';
import { TargetAway } from '../asking/errors.js';
import type { Asked, TargetHttp, Told } from '../asking/target-http.js';

/** A client as OSCaR lists it. */
export type OscarRecord = Readonly<Record<string, unknown>>;

/** What a session is carried by. */
interface Session {
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: number;
}

/** Renewed this long before it ends (milliseconds), so that none ends on its way. */
const margin = 5 * 60_000;
const base = '/api/v1';

/**
 * The calls of OSCaR's interface that the exchange needs. The password goes out when signing in and at no other time; the
 * session is renewed when it ends or is refused.
 */
export class OscarClient {
  readonly #target: ExchangeTarget;
  readonly #http: TargetHttp;
  readonly #now: () => Instant;
  #session: Promise<Session> | undefined;

  constructor(target: ExchangeTarget, http: TargetHttp, now: () => Instant) {
    this.#target = target;
    this.#http = http;
    this.#now = now;
  }

  /** Clients that changed since a day, all of them at once: OSCaR has no pages, and counts whole days. */
  async clientsSince(day: string): Promise<OscarRecord[]> {
    const query = new URLSearchParams({ since_date: `${day} 00:00:00` });
    const { json } = await this.#ask({ method: 'GET', path: `/organizations/clients?${query.toString()}` });
    const data = isRecord(json) ? json['data'] : undefined;
    if (!Array.isArray(data)) throw new TargetAway('not_a_list', true, 200);
    return data.filter(isRecord);
  }

  async upsert(organization: OutgoingRecord): Promise<void> {
    await this.#ask({ method: 'POST', path: '/organizations/clients/upsert/', json: { organization } });
  }

  async updateStatuses(data: readonly OutgoingRecord[]): Promise<void> {
    await this.#ask({ method: 'PUT', path: '/organizations/referrals/update_statuses/', json: { data } });
  }

  async updateLinks(data: readonly OutgoingRecord[]): Promise<void> {
    await this.#ask({ method: 'PUT', path: '/organizations/clients/update_links/', json: { data } });
  }

  async #ask(asked: Omit<Asked, 'expects' | 'headers'>): Promise<Told> {
    const refused = await this.#once(asked);
    if (refused.status !== 401) return refused;
    this.#session = undefined;
    const again = await this.#once(asked);
    if (again.status === 401) throw new TargetAway('not_admitted', false, 401);
    return again;
  }

  async #once(asked: Omit<Asked, 'expects' | 'headers'>): Promise<Told> {
    const { headers } = await this.#current();
    return this.#http.ask({ ...asked, path: `${base}${asked.path}`, headers, expects: [401] });
  }

  async #current(): Promise<Session> {
    const known = await this.#session?.catch(() => undefined);
    if (known !== undefined && Date.parse(this.#now()) < known.expiresAt - margin) return known;
    this.#session = this.#signIn();
    return this.#session;
  }

  async #signIn(): Promise<Session> {
    const { account, secret } = this.#target;
    const json = { email: account, password: secret };
    const { headers } = await this.#http.ask({ method: 'POST', path: `${base}/admin_auth/sign_in`, json });
    const told = (name: string): string => {
      const value = headers[name];
      if (typeof value !== 'string' || value === '') throw new TargetAway('no_session', false, 200);
      return value;
    };
    const expiry = Number(headers['expiry']);
    return {
      headers: { 'access-token': told('access-token'), client: told('client'), uid: told('uid') },
      expiresAt: Number.isFinite(expiry) && expiry > 0 ? expiry * 1_000 : Infinity,
    };
  }
}

const isRecord = (value: unknown): value is OscarRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
