import { FakeServer, type Answer, type Heard } from './fake-server.spec.js';

type Row = Record<string, unknown>;

/** As little of OSCaR as these tests need: sessions that end, upserts without a key, lists without pages. */
export class FakeOscar {
  readonly server = new FakeServer((heard) => this.#answer(heard));
  clients: Row[] = [];
  readonly upserts: Row[] = [];
  /** Organisations that have the child as a client already, and want its global id. */
  readonly strict: string[] = [];
  #token = 0;

  /** Ends every session. */
  endSessions(): void {
    this.#token += 1;
  }

  #answer({ method, path, headers, json }: Heard): Answer {
    if (path.endsWith('/sign_in')) {
      const token = String(this.#token);
      const session = { 'access-token': token, client: 'c', uid: 'u', expiry: '4000000000', 'token-type': 'Bearer' };
      return { status: 200, json: { data: { id: 7 } }, headers: session };
    }
    if (headers['access-token'] !== String(this.#token))
      return { status: 401, json: { errors: ['You need to sign in'] } };
    if (method === 'GET') return { status: 200, json: { data: this.clients } };
    if (path.includes('/upsert')) return this.#upsert((json as { organization: Row }).organization);
    return { status: 200, json: { message: 'Record saved.' } };
  }

  #upsert(organization: Row): Answer {
    if (organization['level_of_risk'] === undefined) {
      return { status: 422, json: { external_id: 'x', message: { level_of_risk: ['is not included'] } } };
    }
    const name = organization['organization_name'] as string;
    if (organization['global_id'] === undefined && this.strict.includes(name)) {
      const errors = { global_id: 'global_id must exist.', referral_status: 'referral_status must be present.' };
      return { status: 422, json: { external_id: 'x', message: 'Record was found.', errors } };
    }
    this.upserts.push(organization);
    return { status: 200, json: { external_id: organization['external_id'], message: 'Record saved.' } };
  }
}
