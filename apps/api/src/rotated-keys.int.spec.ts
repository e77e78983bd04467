import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openSpean, wrappedElsewhere, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { openExport, type ExportFile } from '#libs/exports';
import { MasterKeyUnusable, rotateKeys } from '#libs/privacy';
import { HostsOfPartners, WebhookSubscriptions } from '#libs/webhooks';

import { startApi, worker, type TestApi } from '../../../test/support/api.js';
import { Person } from '../../../test/support/person.js';
import { withClient } from '../../../test/support/sql.js';

const [before, after] = [0, 1].map(() => randomBytes(32).toString('base64')) as [string, string];
const key = (text: string) => ({ kind: 'environment', key: text }) as const;
const passphrase = 'made-up passphrase';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ env: { SPEAN_MASTER_KEY: before } });
  await api.headersOf(worker);
});
afterAll(() => api.close());

const sql = (text: string) => withClient(api.database.urls.admin, (client) => client.query(text));

const open = (masterKeys: MasterKeySources): Promise<Spean> =>
  openSpean({ databaseUrl: api.database.urls.program, masterKeys, mayCreateMasterKey: false, clock: api.clock });

const webhooksOf = (spean: Spean) =>
  new WebhookSubscriptions({ ...spean, hosts: new HostsOfPartners({ 'NGO-ONE': ['127.0.0.1'] }) });

async function enrolled(id: string): Promise<Person> {
  const person = new Person(api.app, api.clock, id);
  await person.signIn();
  expect((await person.enrolTotp()).statusCode).toBe(200);
  return person;
}

/** Asked for before, so that the file is made with keys that were wrapped then. */
async function askedForExport(): Promise<string> {
  const personId = randomUUID();
  const bodies = { '/persons': { personId, sex: 'female', synthetic: true }, '/cases': { personId, synthetic: true } };
  for (const [address, body] of Object.entries(bodies)) {
    expect((await api.ask('POST', `/api/v1${address}`, body)).statusCode).toBe(201);
  }
  const asked = { reason: 'Monthly review of the agency, made-up', purpose: 'oversight', passphrase };
  return (await api.ask('POST', '/api/v1/exports', asked)).json<{ id: string }>().id;
}

async function rowsOf(id: string, app = api.app): Promise<string[]> {
  const headers = await api.headersOf(worker);
  const answer = await app.inject({ method: 'GET', url: `/api/v1/exports/${id}/file`, headers });
  const lines = (await openExport(answer.json<ExportFile>(), passphrase)).trim().split('\r\n');
  return lines.slice(1, -1).map((line) => line.split(',')[0]!);
}

describe('when another master key has taken the place of the one before', () => {
  it('apps still prove, webhooks still sign, exports still open, and their rows still name them', async () => {
    const prover = await enrolled('sup-kandal-1');
    const offered = new Person(api.app, api.clock, 'ngo-1');
    await offered.signIn();
    offered.uri = (await offered.ask('POST', '/accounts/me/totp', {})).json<{ uri: string }>().uri;
    const exportId = await askedForExport();
    const rows = await rowsOf(exportId);
    const old = await open({ active: key(before) });
    const events = ['referral.sent'] as const;
    const hook = await webhooksOf(old).add({ agency: 'NGO-ONE', url: 'http://127.0.0.1:1/', events });
    await sql('UPDATE webhook_secrets SET master_key_id = NULL');
    await old.close();

    const rotating = await open({ active: key(after), other: key(before) });
    const rotation = await rotateKeys(rotating, wrappedElsewhere);
    expect(rotation).toMatchObject({ masterKey: rotating.masterKey.id, stillInUse: [] });
    await rotating.close();

    const now = await open({ active: key(after) });
    await expect(
      now.database.read(now.context, (queries) => webhooksOf(now).secretsOf(queries, hook.id)),
    ).resolves.toEqual([hook.secret]);
    await expect(now.exports.trace(rows)).resolves.toMatchObject([{ export: { id: exportId }, rows: rows.length }]);
    await now.close();

    const restarted = await api.beside({ SPEAN_MASTER_KEY: after });
    expect((await rowsOf(exportId, restarted)).sort()).toEqual(rows.sort());
    const code = offered.code();
    expect((await offered.ask('POST', '/accounts/me/totp/confirmation', { code }, restarted)).statusCode).toBe(200);
    api.clock.advance('PT30S');
    const again = new Person(restarted, api.clock, prover.id);
    again.uri = prover.uri;
    expect((await again.signIn()).json()).toMatchObject({ session: { stage: 'second_factor' } });
    expect((await again.prove()).statusCode).toBe(200);
    await restarted.close();
  });

  it.each(wrappedElsewhere)('no start without a key that $table still need for $wrapped', async (column) => {
    const { table, wrapped, masterKeyId } = column;
    await sql(`UPDATE ${table} SET ${masterKeyId} = 'one-elsewhere', ${wrapped} = coalesce(${wrapped}, 'made up')`);
    await expect(open({ active: key(after) })).rejects.toBeInstanceOf(MasterKeyUnusable);
    await sql(`UPDATE ${table} SET ${masterKeyId} = NULL`);
  });
});
