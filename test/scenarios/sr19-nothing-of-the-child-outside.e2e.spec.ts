import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';
import { loadPathways } from '#libs/pathway-files';
import { CaseHand } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast } from '../support/survivors-cast.js';

/** Unmistakable: nobody and nothing else in the program is called so. */
const unmistakable = ['ច័ន្ទស្រីមុំកាណារី', 'SREYMOM-CANARY', '+855 00 987 654', 'Phum Canary', 'WORDS-OF-CANARY'];
const [nameKm = '', nameLatin = '', phone = '', village = '', said = ''] = unmistakable;

const written: string[] = [];
const log = createLog(
  'test',
  'trace',
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  }),
);

let program: Program;
let caseId: string;
let worker: CaseHand;

beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '09:00'), survivorsCast, log);
  const identity = { givenNameKm: nameKm, givenNameLatin: nameLatin, phone, birthDate: '2012-04-05' };
  const child = { sex: 'female', identity, location: { address: village }, province: '12', synthetic: true };
  const { id: personId } = await program.as('worker').post('/persons', child);
  const opened = { personId, pathway: 'A_OCSEA', owner: 'worker', province: '12', synthetic: true };
  caseId = (await program.as('worker').post('/cases', opened)).id;
  worker = new CaseHand(program.as('worker'), caseId);
  await worker.note('CASE_NOTE', said);
  await worker.document('INTAKE_REPORT', { text: said });
  await worker.risk('high', said);
  await program.advance('P20D');
});
afterAll(() => program.stop());

describe('SR-19: a child who is afraid of being talked about', () => {
  it('is in the record, and every one of these words with her', async () => {
    const record = JSON.stringify(await worker.view());
    for (const word of [nameKm, nameLatin, phone]) expect(record).toContain(word);
    expect(JSON.stringify(await worker.timeline())).toContain(said);
  });

  it('is in no notice that anybody got, up to the ministry', async () => {
    const escalations = await program.escalations(caseId);
    expect(new Set(escalations.flatMap(({ told }) => told))).toEqual(
      new Set(['worker', 'lead', 'director', 'province', 'ministry']),
    );
    for (const { id } of survivorsCast.staff) {
      const inbox = JSON.stringify(await program.as(id).get('/inbox?limit=100'));
      for (const word of unmistakable) expect(inbox).not.toContain(word);
    }
  });

  it('is in no line of the log of three weeks', () => {
    expect(written.length).toBeGreaterThan(50);
    for (const word of unmistakable) expect(written.join('')).not.toContain(word);
  });

  it('is told in words that have no place for a name', () => {
    const { common, all } = loadPathways();
    const gates = all().flatMap(({ definition }) => Object.values(definition.gates));
    const notices = [...gates.flatMap((gate) => Object.values(gate.notices)), ...Object.values(common.reviews.notices)];
    expect(notices.length).toBeGreaterThan(30);
    for (const { en, km } of notices) expect(`${en}${km}`).not.toMatch(/[{}<>$%]/u);
  });
});

describe('SR-19: whoever is shut out of the case', () => {
  const blocked = () => program.as('director');
  const unknown = randomUUID();

  beforeAll(async () => {
    expect(await program.as('director').get(`/cases/${caseId}`)).toMatchObject({ id: caseId });
    await program.as('lead').post(`/cases/${caseId}/conflicts`, {
      subject: 'staff',
      ref: 'director',
      reason: said,
    });
  });

  it.each(['', '/deadlines', '/next-steps', '/timeline'])(
    'finds nothing at %s, as if there were no such case',
    async (rest) => {
      const answer = await refusal(blocked().get(`/cases/${caseId}${rest}`));
      const never = await refusal(blocked().get(`/cases/${unknown}${rest}`));
      expect(answer.status).toBe(404);
      expect({ ...answer, instance: '', traceId: '' }).toEqual({ ...never, instance: '', traceId: '' });
    },
  );

  it('can do nothing to it, and is told the same', async () => {
    const hand = new CaseHand(blocked(), caseId);
    expect((await refusal(hand.note('CASE_NOTE', 'x'))).status).toBe(404);
    expect((await refusal(hand.risk('low', 'x'))).status).toBe(404);
  });

  it('has it on no list', async () => {
    for (const list of ['mine', 'team', 'overdue']) {
      expect(JSON.stringify(await blocked().get(`/worklists/${list}?limit=100`))).not.toContain(caseId);
    }
  });
});
