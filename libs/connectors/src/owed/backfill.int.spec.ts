import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ExchangeDesk } from '../exchange-desk.spec.js';
import { FakePrimero } from '../fake-primero.spec.js';
import { backfill } from './backfill.js';

let desk: ExchangeDesk;
const primero = new FakePrimero();

beforeAll(async () => {
  desk = await ExchangeDesk.open();
});
afterAll(async () => {
  primero.server.stop();
  await desk.close();
});

it('owes a target that is added later every case it serves, after what changes meanwhile, and tells none twice', async () => {
  const consented = await desk.openCase();
  await desk.consent(consented, 'primero');
  const silent = await desk.openCase();
  await desk.openCase({ province: '12' });

  const target = desk.target({ id: 'later', system: 'primero', url: await primero.server.start() });
  desk.connect([target]);
  await desk.follow();
  await desk.change('DELETE FROM exchange_owed');

  const { spean } = desk;
  expect(await backfill(spean, target)).toBe(2);
  expect(await backfill(spean, target)).toBe(0);
  const changed = await desk.openCase();
  await desk.follow();
  const order = await desk.rows<{ id: string }>(
    'SELECT stream_id AS id FROM exchange_owed ORDER BY urgent DESC, owed_since',
  );
  expect(order.map(({ id }) => id)[0]).toBe(changed);
  expect(new Set(order.map(({ id }) => id))).toEqual(new Set([consented, silent, changed]));

  await desk.send();
  expect([...primero.cases.keys()]).toEqual([consented]);
  const sent = await desk.sent();
  expect(await backfill(spean, target)).toBe(3);
  await desk.send();
  expect(await desk.sent()).toEqual(sent);
  expect(primero.server.calls('POST', /cases$/)).toHaveLength(1);
});
