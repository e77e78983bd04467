import { JobStopped, type Wire } from './wire.js';

type Json = Record<string, unknown>;

export interface PrimeroTarget {
  /** Without `/api/v2`. */
  readonly url: string;
  readonly userName: string;
  readonly password: string;
  /** How often a case is wrapped in `data`: once by older and newest versions of the library, twice by those between. */
  readonly wrapping: 1 | 2;
}

export interface OscarTarget {
  /** Without `/api/v1`. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

/** Primero as the job speaks to it: a token from the body of the sign-in, and Basic where it gave none. */
export class PrimeroSession {
  #authorization = '';

  constructor(
    private readonly wire: Wire,
    private readonly target: PrimeroTarget,
  ) {}

  async signIn(): Promise<void> {
    const { userName, password } = this.target;
    const basic = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
    const body = await this.wire.ask(this.target.url, 'POST', '/api/v2/tokens', json, {
      user: { user_name: userName, password },
    });
    const { token } = body as { token?: string };
    this.#authorization = token === undefined ? basic : `Bearer ${token}`;
  }

  async list(query: string): Promise<Json[]> {
    return this.#data(await this.#ask('GET', `/cases?${query}`));
  }

  async referrals(caseId: string): Promise<Json[]> {
    return this.#data(await this.#ask('GET', `/cases/${caseId}/referrals`));
  }

  async answerReferral(caseId: string, referral: Json, status: string): Promise<void> {
    const { id, type, record_id } = referral;
    await this.#ask('PATCH', `/cases/${caseId}/referrals/${String(id)}`, { data: { status, id, type, record_id } });
  }

  async create(record: Json): Promise<void> {
    await this.#ask('POST', '/cases', this.#wrapped(record));
  }

  async change(caseId: string, record: Json): Promise<void> {
    await this.#ask('PATCH', `/cases/${caseId}`, this.#wrapped(record));
  }

  #wrapped(record: Json): Json {
    return this.target.wrapping === 1 ? { data: record } : { data: { data: record } };
  }

  #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: this.#authorization, ...json };
    return this.wire.ask(this.target.url, method, `/api/v2${path}`, headers, body);
  }

  /** The job maps over what it finds there; anything but a list ends it. */
  #data(body: unknown): Json[] {
    const { data } = (body ?? {}) as { data?: unknown };
    const { last } = this.wire;
    if (!Array.isArray(data) && last !== undefined) throw new JobStopped(last);
    return data as Json[];
  }
}

/** OSCaR as the job speaks to it: the password goes along as Basic with every call, and the cookie with its attributes. */
export class OscarSession {
  #token: Record<string, string> = {};
  #cookie = '';

  constructor(
    private readonly wire: Wire,
    private readonly target: OscarTarget,
  ) {}

  async signIn(): Promise<void> {
    const { email, password } = this.target;
    await this.#ask('POST', '/admin_auth/sign_in', { email, password });
    const headers = this.wire.last?.headers ?? {};
    this.#token = {
      'access-token': headers['access-token'] as string,
      client: headers['client'] as string,
      uid: email,
    };
    this.#cookie = headers['set-cookie']?.join('; ') ?? '';
  }

  /** With a body of four bytes, `null`, as the library sends one with every request. */
  async clients(since: string): Promise<Json[]> {
    const body = await this.#ask('GET', `/organizations/clients?since_date=${since}`, null);
    return (body as { data: Json[] }).data;
  }

  upsert = (organization: Json): Promise<void> =>
    this.#write('POST', '/organizations/clients/upsert/', { organization });
  updateStatuses = (data: Json[]): Promise<void> =>
    this.#write('PUT', '/organizations/referrals/update_statuses/', { data });
  updateLinks = (data: Json[]): Promise<void> => this.#write('PUT', '/organizations/clients/update_links/', { data });

  /** An answer without JSON ends the job. */
  async #write(method: string, path: string, sent: Json): Promise<void> {
    const body = await this.#ask(method, path, sent);
    const { last } = this.wire;
    if (body === undefined && last !== undefined) throw new JobStopped(last);
  }

  #ask(method: string, path: string, body: unknown): Promise<unknown> {
    const { email, password } = this.target;
    const headers = {
      ...this.#token,
      ...json,
      cookie: this.#cookie,
      authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`,
    };
    return this.wire.ask(this.target.url, method, `/api/v1${path}`, headers, body);
  }
}

const json = { 'content-type': 'application/json' };
