import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { facilityIdOf } from '#libs/case-log';
import type { Actor } from '#libs/cases';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import {
  FacilityDesk,
  fieldWorker,
  managerOf,
  province,
  secondProvince,
  unmetOf,
  type Resident,
} from '../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { CommandRefused, KeyReused, VersionConflict } from './errors.js';

const clock = new VirtualClock('2026-03-02T03:00:00.000Z');
const page = { limit: 100 };

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await FacilityDesk.open(fresh, clock);
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

/** Codes of facilities, so that no test meets another's. */
let last = 0;
const newCode = () => `RCF-${(last += 1)}`;

const closing = (code: string) => desk.move(code, 'CLOSING', { reasonCode: 'ORDERED', closesOn: '2026-09-01' });

describe('changing a facility', () => {
  it('lets one of two who register the same code win', async () => {
    const code = newCode();
    const outcomes = await Promise.allSettled([desk.register(code), desk.register(code, { capacity: 99 })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ refusal: { kind: 'state' } });
  });

  it('does the same request once, however often it is sent, and refuses its key for another', async () => {
    const code = newCode();
    await desk.register(code);
    const idempotency = { caller: province.id, key: 'key-1', bodyDigest: Buffer.from('digest of a body') };
    const send = () => desk.tell(code, 'ChangeFacilityDetails', { capacity: 21 }, { idempotency });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ version }) => version)).size).toBe(1);
    const other = { idempotency: { ...idempotency, bodyDigest: Buffer.from('digest of another') } };
    await expect(desk.tell(code, 'ChangeFacilityDetails', { capacity: 22 }, other)).rejects.toBeInstanceOf(KeyReused);
  });

  it('refuses one who saw an older version', async () => {
    const code = newCode();
    const id = await desk.register(code);
    const seen = (await desk.spean.facilities.find(id, province))?.version ?? 0;
    await desk.tell(code, 'ChangeFacilityDetails', { capacity: 21 });
    const late = desk.spean.commands.executeFacility({
      facilityId: id,
      actor: province,
      purpose: 'case_management',
      traceId: 'test',
      expectedVersion: seen,
      command: {
        type: 'ChangeFacilityDetails',
        data: { capacity: 22 },
        occurredAt: clock.now(),
        precision: 'moment',
      },
    });
    await expect(late).rejects.toBeInstanceOf(VersionConflict);
  });

  it('refuses with everything that is missing at once, in both languages, and stores nothing', async () => {
    const code = newCode();
    const id = await desk.register(code);
    const before = (await desk.spean.facilities.find(id, province))?.version;
    const asked = desk.tell(code, 'MoveFacility', { to: 'CLOSING' }, { actor: fieldWorker });
    const refusal = await asked.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CommandRefused);
    const { unmet } = (refusal as CommandRefused).refusal;
    expect(unmet.map(({ code: missing, subject }) => `${missing} ${subject}`).toSorted()).toEqual([
      'FieldInvalid closesOn',
      'FieldInvalid reason',
      'RoleNotAllowed move',
    ]);
    for (const { text } of unmet) expect(text.km).toMatch(/\p{Script=Khmer}/u);
    expect((await desk.spean.facilities.find(id, province))?.version).toBe(before);
  });

  it('is closed only once the last child has left', async () => {
    const code = newCode();
    await desk.register(code);
    const { caseId } = await desk.resident(code);
    await closing(code);
    const close = () => desk.move(code, 'CLOSED', { reasonCode: 'LAST_CHILD_LEFT' });
    expect(await unmetOf(close())).toEqual(['ChildrenRemain residents']);
    await desk.case(caseId, 'RecordFacts', { facts: { leftFacilityAt: clock.now() } });
    expect((await close()).events).toContain('FacilityMoved');
  });
});

describe('an allegation against a facility', () => {
  let code: string;
  let resident: Resident;
  const manager = () => managerOf(code);

  it('shuts its people out of the case of every child who lives there, with the next request', async () => {
    code = newCode();
    await desk.register(code);
    const theirs = { agency: code, owner: manager().id };
    resident = await desk.resident(code, { schoolAge: true }, theirs);
    const before = await seenBy(manager());
    expect(before).toEqual({ sees: true, changes: true, person: true, tasks: true, facility: true, residents: 1 });
    await desk.accuse(code);
    expect(await seenBy(manager())).toEqual({
      sees: false,
      changes: false,
      person: false,
      tasks: false,
      facility: false,
      residents: 0,
    });
    expect(await seenBy(province)).toMatchObject({ sees: true, changes: true, person: true, facility: true });
  });

  it('takes a past view of the case away, too, for it would tell the same', async () => {
    const opened = clock.now();
    clock.advance('PT1H');
    expect(await desk.spean.queries.findCase(resident.caseId, manager(), opened)).toBeUndefined();
  });

  it('shuts them out of a case that is opened only now, and of one of a child who has left', async () => {
    const found = await desk.resident(code, {}, { agency: code });
    expect(await desk.spean.queries.findCase(found.caseId, manager())).toBeUndefined();
    await desk.case(found.caseId, 'RecordFacts', { facts: { leftFacilityAt: clock.now() } });
    expect(await desk.spean.queries.findCase(found.caseId, manager())).toBeUndefined();
  });

  it('ends for them when another person clears it, and not before', async () => {
    const other = await desk.accuse(code);
    const [first] = (await desk.spean.facilities.find(facilityIdOf(code), province))?.accusations ?? [];
    const clear = (accusationId = '', actor = province) =>
      desk.tell(code, 'ClearFacility', { accusationId, reason: 'words' }, { actor });
    await clear(first?.accusationId);
    expect(await desk.spean.queries.findCase(resident.caseId, manager())).toBeUndefined();
    const byTheAccuser = { ...fieldWorker, roles: ['PDOSVY_SUP'] };
    expect(await unmetOf(clear(other, byTheAccuser))).toEqual(['TwoPersonRule accusationId']);
    await clear(other, secondProvince);
    expect(await desk.spean.queries.findCase(resident.caseId, manager())).toMatchObject({ id: resident.caseId });
  });

  async function seenBy(actor: Actor) {
    const { queries, facilities } = desk.spean;
    const note = { noteId: uuidv7(), kind: 'CASE_NOTE', text: 'words' };
    const lists = [await queries.mine(actor, page), await queries.team(actor, page)];
    return {
      sees: (await queries.findCase(resident.caseId, actor)) !== undefined,
      changes: await desk.case(resident.caseId, 'AddNote', note, { actor }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof CommandRefused && error.refusal.kind === 'unknown') return false;
          throw error;
        },
      ),
      person: (await queries.findPerson(resident.personId, actor)) !== undefined,
      tasks: lists.some(({ items }) => items.some(({ stream_id }) => stream_id === resident.caseId)),
      facility: (await facilities.find(facilityIdOf(code), actor)) !== undefined,
      residents: (await facilities.residents(facilityIdOf(code), actor, page))?.items.length ?? 0,
    };
  }
});
