import { readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { routes } from '#libs/access';
import { checkoutDirectory } from '#libs/configuration';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

const nobody = '0190a6f0-0000-7000-8000-00000000dead';
const known = readFileSync(path.join(checkoutDirectory(), 'docs/security/identities.md'), 'utf8');
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { SPEAN_DEMONSTRATION: 'off' } });
});
afterAll(() => api.close());

describe('the ways in', () => {
  it('are those that are written down: every other address wants to know who asks', async () => {
    const open: string[] = [];
    for (const route of Object.keys(routes)) {
      const [method = '', pattern = ''] = route.split(' ');
      const foreign = /^\/(?:primero|oscar)\//.test(pattern);
      const prefix = foreign || /^\/(?:health|ready)$/.test(pattern) ? '' : '/api/v1';
      const url = prefix + pattern.replaceAll(/:\w+/g, nobody);
      const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: {} };
      const answer = await api.app.inject({ method: method as 'POST', url, ...payload });
      // Other systems have words of their own for it.
      const asks = answer.statusCode === 401 && (foreign || answer.payload.includes('caller-unknown'));
      if (!asks) open.push(route);
    }
    expect(open.sort()).toEqual([
      'GET /health',
      'GET /ready',
      'GET /sessions/foreign/callback',
      'POST /joining',
      'POST /sessions',
      'POST /sessions/foreign',
      'POST /sessions/passkey',
      'POST /sessions/passkey/options',
    ]);
    expect(open.filter((route) => !known.includes(`\`${route}\``))).toEqual([]);
  });

  it('know no hints and no questions: an account keeps nothing to ask for', async () => {
    const kept = await withClient(api.database.urls.admin, async (client) => {
      const text = `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'accounts'`;
      return (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);
    });
    expect(kept.sort()).toEqual([
      ...['closed_at', 'demonstration', 'opened_at', 'password_hash', 'password_set_at', 'staff_id', 'tenant_id'],
      ...['totp_offered', 'totp_offered_master_key_id', 'totp_secret', 'totp_secret_master_key_id', 'totp_step'],
    ]);
    const description = (await api.app.inject({ url: '/openapi.json' })).payload;
    expect(description).toContain('"password"');
    expect(description).not.toMatch(/"\w*(?:hint|secretQuestion|securityAnswer)\w*":/i);
  });
});
