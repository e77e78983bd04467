import { Writable } from 'node:stream';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { CaseCommandData } from '#libs/cases';
import { createLog } from '#libs/logging';
import { Queues } from '#libs/queues';
import { CaseDesk, context } from '../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { MailServer } from '../../../test/support/mail-server.js';
import { contentsOf, queueBackends, storeOf, wipeQueues } from '../../../test/support/queues.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import {
  Mailer,
  notificationProcessor,
  notificationQueue,
  NotificationSweep,
  Notifier,
  owedNotices,
  wakeNotifier,
  type OwedNotice,
} from './index.js';

const start = '2026-03-16T02:00:00.000Z';
/** The first rung reminds the owner, the second, on the due time, tells the supervisor. */
const reminder = '2026-03-16T02:30:00.000Z';
const due = '2026-03-16T03:00:00.000Z';
const link = 'https://spean.example/';

const logged: string[] = [];
const log = createLog(
  'test',
  'trace',
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString());
      done();
    },
  }),
);

let fresh: FreshDatabase;
let clock: VirtualClock;
let desk: CaseDesk;
let mailServer: MailServer;
let mailer: Mailer;

beforeAll(async () => {
  fresh = await freshDatabase();
});
beforeEach(async () => {
  clock = new VirtualClock(start);
  desk = await CaseDesk.open(fresh, clock);
  mailServer = await MailServer.start();
  mailer = new Mailer({ smtpUrl: mailServer.url, from: 'Spean <no-reply@spean.example>' });
  for (const table of ['staff', 'agencies', 'outbox', 'inbox']) await desk.change(`DELETE FROM ${table}`);
  await employ('osvy-1', 'sw-1', 'OSVY_SW', 'km');
  await employ('osvy-1', 'sup-1', 'PDOSVY_SUP', 'en');
  await employ('osvy-1', 'head-1', 'AGENCY_HEAD', 'en');
});
afterEach(async () => {
  mailer.close();
  await mailServer.stop();
  await desk.close();
});
afterAll(() => fresh.drop());

async function employ(agency: string, id: string, role: string, language: string): Promise<void> {
  await desk.change(`INSERT INTO agencies VALUES (1, $1, 'OSVY', 'Canary Agency', '17') ON CONFLICT DO NOTHING`, [
    agency,
  ]);
  await desk.change(
    `INSERT INTO staff (tenant_id, id, agency, roles, title, email, language)
     VALUES (1, $1, $2, ARRAY[$3], 'Canary Officer', $1 || '@osvy.example', $4)`,
    [id, agency, role, language],
  );
}

const notifierWith = (more: { mailer?: Mailer }) =>
  new Notifier({ database: desk.database, context, clock, log, link, ...more });
const sweepOnce = (notifier = notifierWith({ mailer })) =>
  new NotificationSweep(desk.database, context, notifier, clock).sweepOnce();

/** A case whose task reaches its rungs up to this moment. */
async function escalated(until: string, data: Partial<CaseCommandData['OpenCase']> = {}): Promise<string> {
  const caseId = await desk.openCase(data);
  for (const moment of [reminder, due].filter((each) => each <= until)) {
    clock.set(moment);
    await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
  }
  return caseId;
}

const inboxOf = (caseId: string) =>
  desk.rows(
    'SELECT recipient, subject, overdue, mailed_at FROM inbox WHERE stream_id = $1 ORDER BY version, recipient',
    [caseId],
  );
const owed = () =>
  desk.rows<{ attempts: number; last_error: string }>(
    `SELECT attempts, last_error, next_try_at FROM outbox WHERE done_at IS NULL`,
  );

describe('a notice', () => {
  it('reaches inbox and mail of those whom the rung is meant for, in their language', async () => {
    const caseId = await escalated(due, { code: 'K-7F3Q2' });
    expect(await sweepOnce()).toBe(2);
    expect(await inboxOf(caseId)).toEqual([
      { recipient: 'sw-1', subject: 'ករណី K-7F3Q2៖ កិច្ចការ ១ ជិតដល់កំណត់', overdue: false, mailed_at: due },
      { recipient: 'sup-1', subject: 'Case K-7F3Q2: 1 task overdue', overdue: true, mailed_at: due },
    ]);
    const [toWorker, toSupervisor] = mailServer.received.map(({ parsed }) => parsed);
    expect(toWorker?.subject).toBe('ករណី K-7F3Q2៖ កិច្ចការ ១ ជិតដល់កំណត់');
    expect(toSupervisor?.to).toMatchObject({ text: 'sup-1@osvy.example' });
    expect(toSupervisor?.text).toBe(`Case K-7F3Q2: 1 task is overdue.\n\nSign in to see it: ${link}\n`);
    expect(toSupervisor?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(await owed()).toEqual([]);
  });

  it('is sent once, however often it is asked for', async () => {
    await escalated(reminder);
    const notifier = notifierWith({ mailer });
    await Promise.all([sweepOnce(notifier), sweepOnce(notifier), sweepOnce(), sweepOnce()]);
    await sweepOnce();
    expect(mailServer.received).toHaveLength(1);
  });

  it('stands in the inbox although its mail was refused, and is mailed later under the same id', async () => {
    const caseId = await escalated(reminder, { code: 'K-R3F53' });
    mailServer.refusals = 2;
    await sweepOnce();
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sw-1', mailed_at: null }]);
    expect(await owed()).toEqual([
      { attempts: 1, last_error: 'Error EENVELOPE 451', next_try_at: '2026-03-16T02:30:02.000Z' },
    ]);
    expect(await sweepOnce()).toBe(0);
    clock.advance('PT2S');
    await sweepOnce();
    expect(await owed()).toMatchObject([{ attempts: 2, next_try_at: '2026-03-16T02:30:06.000Z' }]);
    clock.advance('PT4S');
    await sweepOnce();
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sw-1', mailed_at: '2026-03-16T02:30:06.000Z' }]);
    expect(mailServer.received).toHaveLength(1);
  });

  it('is mailed again under the same id when the acceptance was never noted', async () => {
    const caseId = await escalated(reminder);
    await sweepOnce();
    await desk.change('UPDATE inbox SET mailed_at = NULL WHERE stream_id = $1', [caseId]);
    await desk.change('UPDATE outbox SET done_at = NULL, next_try_at = $1', [start]);
    await sweepOnce();
    const [first, second] = mailServer.received.map(({ parsed }) => parsed.messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@spean\.example>$/);
    expect(second).toBe(first);
  });

  it('keeps nobody waiting for a colleague whose address is refused', async () => {
    await employ('osvy-1', 'sup-2', 'PDOSVY_SUP', 'en');
    const caseId = await escalated(reminder);
    await sweepOnce();
    clock.set(due);
    await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
    mailServer.refusals = 1;
    await sweepOnce();
    expect((await inboxOf(caseId)).slice(1)).toMatchObject([
      { recipient: 'sup-1', mailed_at: null },
      { recipient: 'sup-2', mailed_at: due },
    ]);
  });

  it('gives up on mail after three days, and says so', async () => {
    await escalated(reminder);
    mailServer.refusals = 2;
    await sweepOnce();
    clock.advance('P4D');
    await sweepOnce();
    expect(await owed()).toEqual([]);
    expect(await desk.rows('SELECT last_error FROM outbox')).toEqual([{ last_error: 'Error EENVELOPE 451' }]);
  });

  it('reaches the inbox at once when no mail server answers', async () => {
    const cases = await Promise.all([desk.openCase(), desk.openCase(), desk.openCase()]);
    clock.set(reminder);
    for (const caseId of cases) await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
    await mailServer.stop();
    await sweepOnce();
    for (const caseId of cases) expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sw-1', mailed_at: null }]);
    const errors = (await owed()).map(({ last_error }) => last_error).sort();
    expect(errors).toEqual([expect.stringMatching(/^Error E/), 'MailServerUnreachable', 'MailServerUnreachable']);
    mailServer = await MailServer.start();
  });

  it('needs no mail server', async () => {
    const caseId = await escalated(reminder);
    await sweepOnce(notifierWith({}));
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sw-1', mailed_at: null }]);
    expect(await owed()).toEqual([]);
  });

  it('passes over who is in conflict of interest and tells the next rung instead', async () => {
    const caseId = await escalated(reminder);
    await sweepOnce();
    await desk.execute(caseId, 'DeclareConflict', {
      conflictId: crypto.randomUUID(),
      subject: 'staff',
      ref: 'sup-1',
      reason: 'kin',
    });
    clock.set(due);
    await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
    await sweepOnce();
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sw-1' }, { recipient: 'head-1', overdue: true }]);
    expect(mailServer.received.flatMap(({ parsed }) => parsed.to ?? []).map((to) => [to].flat()[0]?.text)).toEqual([
      'sw-1@osvy.example',
      'head-1@osvy.example',
    ]);
  });

  it('is not mailed to somebody whose conflict was declared after the inbox was written; the ministry hears of that', async () => {
    await employ('mosvy', 'cpd-1', 'MOSVY_CPD', 'en');
    const caseId = await escalated(reminder);
    mailServer.refusals = 1;
    await sweepOnce();
    await desk.execute(caseId, 'DeclareConflict', {
      conflictId: crypto.randomUUID(),
      subject: 'agency',
      ref: 'osvy-1',
      reason: 'kin',
    });
    clock.advance('PT2S');
    await sweepOnce();
    expect(mailServer.received.flatMap(({ parsed }) => parsed.to ?? []).map((to) => [to].flat()[0]?.text)).toEqual([
      'cpd-1@osvy.example',
    ]);
    expect(await owed()).toEqual([]);
  });

  it('passes over who has left', async () => {
    await desk.change(`UPDATE staff SET active = false WHERE id = 'sw-1'`);
    const caseId = await escalated(reminder);
    await sweepOnce();
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'sup-1', overdue: false }]);
  });

  it('stays owed while nobody holds any of the roles', async () => {
    await desk.change(`UPDATE staff SET active = false`);
    const caseId = await escalated(reminder);
    await sweepOnce();
    expect(await owed()).toMatchObject([{ last_error: 'NobodyToTell' }]);
    await employ('mosvy', 'cpd-1', 'MOSVY_CPD', 'en');
    clock.advance('PT2S');
    await sweepOnce();
    expect(await inboxOf(caseId)).toMatchObject([{ recipient: 'cpd-1' }]);
  });
});

describe.each(queueBackends)('notices woken by a queue on %s', (backend) => {
  let queues: Queues;
  beforeEach(async () => {
    queues = await Queues.open(storeOf(backend, fresh), { log, prefix: fresh.name });
  });
  afterEach(async () => {
    await queues.close();
    await wipeQueues(storeOf(backend, fresh), fresh.name);
  });

  it('are sent right after the commit, and carry no word of the child', async () => {
    const queue = await queues.queue<OwedNotice>(notificationQueue);
    const woken: Promise<void>[] = [];
    desk.commands.onCommit(({ streamId, events, after }) => {
      woken.push(wakeNotifier(queue, owedNotices(streamId, events, after)));
    });
    const canaries = ['Canary', 'CANARY'];
    const caseId = await desk.openCase({ code: `K-C0D3-${backend}` });
    await desk.execute(caseId, 'AddNote', {
      noteId: crypto.randomUUID(),
      kind: 'GENERAL',
      text: 'Canary Sok, CANARY street',
    });
    clock.set(reminder);
    await desk.execute(caseId, 'ReachRungs', { deadline: 'DA01.1' });
    await Promise.all(woken);
    const queued = await contentsOf(storeOf(backend, fresh), fresh.name);
    expect(queued).toContain(caseId);
    queues.work(notificationQueue, notificationProcessor(notifierWith({ mailer })), 2);
    await eventually(() => expect(mailServer.received).toHaveLength(1));
    await eventually(async () => expect(await owed()).toEqual([]));
    const [mail] = mailServer.received;
    const everything = [queued, mail?.raw, mail?.parsed.text, mail?.parsed.subject, ...logged].join('\n');
    for (const canary of [...canaries, ...canaries.map((each) => Buffer.from(each).toString('base64'))]) {
      expect(everything).not.toContain(canary);
    }
    expect(mail?.raw).not.toContain(caseId);
  });
});
