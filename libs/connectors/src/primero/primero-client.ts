import type { ExchangeTarget } from '#libs/configuration';
import type { OutgoingRecord } from '#libs/interop';
import { TargetAway } from '../asking/errors.js';
import type { TargetHttp, Told } from '../asking/target-http.js';

/** A case or a referral as Primero has it. */
export type PrimeroRecord = Readonly<Record<string, unknown>>;

/** One page of cases. */
export interface PrimeroPage {
  readonly records: readonly unknown[];
  readonly total: number;
}

/** Primero gives no more at once, whatever is asked for. */
export const primeroPageSize = 1_000;

/** The calls of Primero's API that the exchange needs. Every one carries Basic credentials; there is no session. */
export class PrimeroClient {
  readonly #http: TargetHttp;
  readonly #authorization: string;

  constructor({ account, secret }: ExchangeTarget, http: TargetHttp) {
    this.#http = http;
    this.#authorization = `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}`;
  }

  /** Undefined when Primero has no such case. */
  async find(id: string): Promise<PrimeroRecord | undefined> {
    const { status, json } = await this.#ask('GET', `/cases/${id}`, undefined, [404]);
    return status === 404 ? undefined : recordIn(json);
  }

  /** @returns false when there is one with this id already */
  async create(record: OutgoingRecord): Promise<boolean> {
    const { status } = await this.#ask('POST', '/cases', record, [409]);
    return status !== 409;
  }

  async change(id: string, fields: OutgoingRecord): Promise<void> {
    await this.#ask('PATCH', `/cases/${id}`, fields);
  }

  async referralsOf(id: string): Promise<PrimeroRecord[]> {
    const { json } = await this.#ask('GET', `/cases/${id}/referrals`);
    return listIn(json).filter(isRecord);
  }

  async refer(id: string, referral: OutgoingRecord): Promise<void> {
    await this.#ask('POST', `/cases/${id}/referrals`, referral);
  }

  async answer(id: string, referralId: string, answer: OutgoingRecord): Promise<void> {
    await this.#ask('PATCH', `/cases/${id}/referrals/${referralId}`, answer);
  }

  async revoke(id: string, referralId: string): Promise<void> {
    await this.#ask('DELETE', `/cases/${id}/referrals/${referralId}`);
  }

  /** Cases that changed from one moment up to another, the earliest change first. */
  async changed(from: string, to: string, page: number): Promise<PrimeroPage> {
    const query = new URLSearchParams({
      last_updated_at: `${from}..${to}`,
      order_by: 'last_updated_at',
      order: 'asc',
      page: String(page),
      per: String(primeroPageSize),
    });
    const { json } = await this.#ask('GET', `/cases?${query.toString()}`);
    const { metadata } = json as { metadata?: { total?: unknown } };
    const records = listIn(json);
    return { records, total: typeof metadata?.total === 'number' ? metadata.total : records.length };
  }

  #ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    data?: OutgoingRecord,
    expects: readonly number[] = [],
  ): Promise<Told> {
    const json = data === undefined ? {} : { json: { data } };
    const headers = { authorization: this.#authorization };
    return this.#http.ask({ method, path: `/api/v2${path}`, headers, expects, ...json });
  }
}

const isRecord = (value: unknown): value is PrimeroRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function recordIn(json: unknown): PrimeroRecord {
  const data = isRecord(json) ? json['data'] : undefined;
  if (!isRecord(data)) throw new TargetAway('not_a_record', true, 200);
  return data;
}

function listIn(json: unknown): unknown[] {
  const data = isRecord(json) ? json['data'] : undefined;
  if (!Array.isArray(data)) throw new TargetAway('not_a_list', true, 200);
  return data as unknown[];
}
