import { randomUUID } from 'node:crypto';

import { FakeServer, type Answer, type Heard } from './fake-server.spec.js';

type Row = Record<string, unknown>;

/** As little of Primero as these tests need: cases that merge rows by id, and referrals with their states. */
export class FakePrimero {
  readonly server = new FakeServer((heard) => this.#answer(heard));
  readonly cases = new Map<string, Row>();
  readonly referrals = new Map<string, Row[]>();
  /** Fields that it drops in silence. */
  dropped: string[] = [];
  now = '2026-03-16T02:00:00.000Z';

  #answer({ method, path, query, json }: Heard): Answer {
    const [, id, kind, referralId] =
      /^\/api\/v2\/cases(?:\/([^/]+))?(?:\/(referrals))?(?:\/([^/]+))?$/.exec(path) ?? [];
    const data = (json as { data?: Row } | undefined)?.data ?? {};
    if (id === undefined) return method === 'POST' ? this.#create(data) : this.#list(query);
    if (!this.cases.has(id)) return { status: 404, json: { errors: [{ status: 404, message: 'Not Found' }] } };
    if (kind === undefined)
      return method === 'PATCH' ? this.#change(id, data) : { status: 200, json: { data: this.cases.get(id) } };
    return this.#refer(id, method, data, referralId);
  }

  #create(data: Row): Answer {
    const id = data['id'] as string;
    if (this.cases.has(id)) return { status: 409, json: { errors: [{ status: 409, message: 'Conflict' }] } };
    this.cases.set(id, { ...this.#kept(data), enabled: true, last_updated_at: this.now });
    return { status: 204 };
  }

  #change(id: string, data: Row): Answer {
    const before = this.cases.get(id) ?? {};
    const rows = [...((before['services_section'] ?? []) as Row[])];
    for (const row of (data['services_section'] ?? []) as Row[]) {
      const at = rows.findIndex((each) => each['unique_id'] === row['unique_id']);
      if (at < 0) rows.push(row);
      else rows[at] = { ...rows[at], ...row };
    }
    this.cases.set(id, { ...before, ...this.#kept(data), services_section: rows, last_updated_at: this.now });
    return { status: 200, json: { data } };
  }

  #refer(id: string, method: string, data: Row, referralId: string | undefined): Answer {
    const all = this.referrals.get(id) ?? [];
    if (method === 'GET') return { status: 200, json: { data: all } };
    if (method === 'POST') {
      const made = { id: randomUUID(), type: 'Referral', status: 'in_progress', record_id: id, ...data };
      this.referrals.set(id, [...all, made]);
      return { status: 200, json: { data: made } };
    }
    const found = all.find((each) => each['id'] === referralId);
    if (found === undefined) return { status: 404, json: { errors: [] } };
    const wanted = method === 'DELETE' ? 'revoked' : data['status'];
    const from = { accepted: 'in_progress', rejected: 'in_progress', done: 'accepted' }[wanted as string];
    if (from === undefined || from === found['status']) Object.assign(found, data, { status: wanted });
    return { status: 200, json: { data: found } };
  }

  #list(query: URLSearchParams): Answer {
    const [from = '', to = ''] = (query.get('last_updated_at') ?? '..').split('..');
    const per = Math.min(Number(query.get('per') ?? 20), 1_000);
    const page = Number(query.get('page') ?? 1);
    const all = [...this.cases.values()].filter(({ last_updated_at: at }) => String(at) >= from && String(at) <= to);
    const data = all.slice((page - 1) * per, page * per);
    return { status: 200, json: { data, metadata: { total: all.length, per, page } } };
  }

  #kept(data: Row): Row {
    return Object.fromEntries(Object.entries(data).filter(([field]) => !this.dropped.includes(field)));
  }
}
