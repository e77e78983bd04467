import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';

import { Subscriber } from '#libs/event-store';
import { createLog } from '#libs/logging';
import { OutboundHttp } from '#libs/outbound';
import { openMasterKey } from '#libs/privacy';

import { CaseDesk, context } from '../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { nothingOlderRuns } from '../../../test/support/horizon.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import {
  HostsOfPartners,
  SubscriptionRefused,
  webhookProjection,
  WebhookSender,
  WebhookSubscriptions,
} from './index.js';

interface Heard {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const start = '2026-03-16T02:00:00.000Z';
const due = '2026-03-16T03:00:00.000Z';

/** The system of an agency, which says what it is told to say. */
const heard: Heard[] = [];
let status = 204;
const receiver = http.createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    heard.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(status, { location: '/' }).end();
  });
});

let fresh: FreshDatabase;
let clock: VirtualClock;
let desk: CaseDesk;
let subscriptions: WebhookSubscriptions;
let sender: WebhookSender;
let url: string;
let folder: string;
const outbound = new OutboundHttp({ mayReachLoopback: true });

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  fresh = await freshDatabase();
  clock = new VirtualClock(start);
  desk = await CaseDesk.open(fresh, clock);
  for (const agency of ['osvy-1', 'ngo-1', 'ngo-2']) {
    await desk.change(`INSERT INTO agencies VALUES (1, $1, 'ngo', 'An agency', '17')`, [agency]);
  }
  folder = await mkdtemp(path.join(tmpdir(), 'spean-webhooks-'));
  const masterKey = await openMasterKey(
    { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    { mayCreate: true },
  );
  const hosts = new HostsOfPartners({ 'osvy-1': ['127.0.0.1'], 'ngo-1': ['127.0.0.1'], 'ngo-2': ['127.0.0.1'] });
  const parts = { database: desk.database, context, clock, hosts };
  subscriptions = new WebhookSubscriptions({ ...parts, masterKey });
  sender = new WebhookSender({ ...parts, subscriptions, outbound, log: createLog('test', 'silent') });
});
beforeEach(async () => {
  heard.length = 0;
  status = 204;
  for (const { id } of await subscriptions.all()) await subscriptions.end(id);
});
afterAll(async () => {
  outbound.close();
  receiver.close();
  await desk.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

const everything = ['referral.sent', 'referral.answered', 'deadline.escalated'] as const;
const tell = (agency: string) => subscriptions.add({ agency, url, events: [...everything] });

/** What the worker does by itself. */
async function work(): Promise<void> {
  await nothingOlderRuns(desk.database, context);
  const subscriber = new Subscriber(desk.database, webhookProjection, { context });
  while ((await subscriber.step()) === 'advanced');
  await sender.sweepOnce();
}

const told = () => heard.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, string> });

async function referred(caseId: string): Promise<string> {
  const referralId = randomUUID();
  const sharing = { kind: 'CONSENT_SHARING', manner: 'thumbprint', language: 'km', recipient: 'ngo-1' } as const;
  for (const giver of ['child', 'caregiver'] as const) {
    await desk.execute(caseId, 'GiveConsent', { consentId: randomUUID(), giver, ...sharing });
  }
  await desk.execute(caseId, 'DraftReferral', {
    referralId,
    type: 'service',
    service: { code: 'counselling_trauma' },
    fromAgency: 'osvy-1',
    toAgency: 'ngo-1',
    urgency: 'URGENT',
  });
  await desk.execute(caseId, 'SendReferral', { referralId });
  return referralId;
}

describe('an agency', () => {
  it('is told of its referrals and its deadlines, by ids alone, signed', async () => {
    const sending = await tell('osvy-1');
    const receiving = await tell('ngo-1');
    await tell('ngo-2');
    const caseId = await desk.openCase();
    const referralId = await referred(caseId);
    await work();
    expect(told().map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'referral.sent', data: { caseId, referralId } },
      { type: 'referral.sent', data: { caseId, referralId } },
    ]);
    const ids = new Set(heard.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(2);
    const signatures = heard.map(({ headers, body }) => {
      const [id, moment] = [String(headers['webhook-id']), new Date(Number(headers['webhook-timestamp']) * 1_000)];
      expect(moment.toISOString()).toBe(clock.now());
      const signed = [sending, receiving].map(({ secret }) => new Webhook(secret).sign(id, moment, body));
      return signed.includes(String(headers['webhook-signature']));
    });
    expect(signatures).toEqual([true, true]);

    heard.length = 0;
    clock.set(due);
    await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
    await work();
    expect(told().length).toBeGreaterThan(0);
    for (const { type, data } of told()) {
      expect({ type, data }).toEqual({ type: 'deadline.escalated', data: { caseId, deadline: 'DA01.1' } });
    }
    await work();
    expect(await desk.rows('SELECT FROM webhook_deliveries WHERE done_at IS NULL')).toEqual([]);
  });

  it('that is away is told later, as often as it takes, and the same message has the same id', async () => {
    const { id } = await tell('ngo-1');
    await referred(await desk.openCase());
    for (const [answer, wait] of [
      [500, 'PT2S'],
      [302, 'PT4S'],
      [204, 'PT8S'],
    ] as const) {
      status = answer;
      await work();
      await work();
      clock.advance(wait);
    }
    expect(heard.length).toBe(3);
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [row] = await desk.rows<{ attempts: number; done: boolean }>(
      `SELECT attempts, done_at IS NOT NULL AS done FROM webhook_deliveries WHERE subscription_id = $1`,
      [id],
    );
    expect(row).toEqual({ attempts: 3, done: true });
  });

  it('that is away for good is given up on', async () => {
    const { id } = await tell('ngo-1');
    await referred(await desk.openCase());
    status = 503;
    await work();
    clock.advance('P4D');
    await work();
    const [row] = await desk.rows<{ given_up: boolean; last_error: string }>(
      `SELECT given_up_at IS NOT NULL AS given_up, last_error FROM webhook_deliveries WHERE subscription_id = $1`,
      [id],
    );
    expect(row).toEqual({ given_up: true, last_error: 'NotTaken 503' });
  });

  it('that is blocked meanwhile, or asks for nothing more, is told nothing', async () => {
    const { id } = await tell('ngo-1');
    const caseId = await desk.openCase();
    await referred(caseId);
    status = 500;
    await work();
    heard.length = 0;
    await desk.execute(caseId, 'DeclareConflict', {
      conflictId: randomUUID(),
      subject: 'agency',
      ref: 'ngo-1',
      reason: 'Related',
    });
    const other = await desk.openCase();
    await referred(other);
    await subscriptions.end(id);
    clock.advance('PT1H');
    await work();
    expect(heard).toEqual([]);
  });

  it('is not told at a host that nobody listed for it', async () => {
    const elsewhere = subscriptions.add({
      agency: 'ngo-1',
      url: 'https://elsewhere.example/',
      events: ['referral.sent'],
    });
    await expect(elsewhere).rejects.toBeInstanceOf(SubscriptionRefused);
  });
});

describe('a secret', () => {
  it('counts beside the next one, and no longer beside the one after', async () => {
    const first = await tell('ngo-1');
    const second = await subscriptions.rotate(first.id);
    await referred(await desk.openCase());
    await work();
    expect(verifiedBy(first.secret, second.secret)).toEqual([true, true]);
    const third = await subscriptions.rotate(first.id);
    await referred(await desk.openCase());
    heard.length = 0;
    await work();
    expect(verifiedBy(first.secret, second.secret, third.secret)).toEqual([false, true, true]);
  });

  it('is kept wrapped', async () => {
    const { secret } = await tell('ngo-1');
    const rows = await desk.rows<{ wrapped: string }>('SELECT wrapped FROM webhook_secrets');
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    for (const form of [secret, key.toString('base64'), key.toString('hex'), key.toString('latin1')]) {
      expect(rows.some(({ wrapped }) => wrapped.includes(form))).toBe(false);
    }
  });
});

function verifiedBy(...secrets: string[]): boolean[] {
  const [{ headers, body } = { headers: {}, body: '' }] = heard;
  const moment = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signatures = String(headers['webhook-signature']).split(' ');
  return secrets.map((secret) =>
    signatures.includes(new Webhook(secret).sign(String(headers['webhook-id']), moment, body)),
  );
}
