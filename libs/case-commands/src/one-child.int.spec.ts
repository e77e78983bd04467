import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type {
  Actor,
  CaseCommand,
  CaseCommandData,
  CaseCommandType,
  PersonCommand,
  PersonCommandData,
  PersonCommandType,
  PersonIdentity,
} from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { differences, type Difference } from '#libs/read-models';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { CommandRefused } from './errors.js';
import type { Answer } from './request.js';

const survivors: Actor = { id: 'worker-a', roles: ['NGO_CW'], agency: 'agency-a' };
const carers: Actor = { id: 'worker-c', roles: ['NGO_CW'], agency: 'agency-c' };
const province: Actor = { id: 'province', roles: ['PDOSVY_SUP'], agency: 'pdosvy-12', province: '12' };

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;
const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  const masterKeys: MasterKeySources = { active: { kind: 'file', file: path.join(folder, 'master.key') } };
  spean = await openSpean({ databaseUrl: fresh.urls.program, masterKeys, mayCreateMasterKey: true, clock });
});

afterAll(async () => {
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

describe('a child whose birth date turns out to be another', () => {
  it('has every open case count from it, in the same transaction', async () => {
    const personId = await register('2012-05-01');
    const [one, other] = [await open(personId, 'A_OCSEA', survivors), await open(personId, 'C_REINTEGRATION', carers)];
    expect(await dueOf(one, 'R11')).toBe('2029-10-31T17:00:00.000Z');
    const answer = await told(personId, 'ChangePersonDetails', details('2011-05-01'));
    expect(answer.events).toEqual(['PersonDetailsChanged']);
    for (const caseId of [one, other]) expect(await dueOf(caseId, 'R11')).toBe('2028-10-31T17:00:00.000Z');
    expect(await typesOf(other)).toContain('PersonDetailsNoted');
    expect(await found()).toEqual([]);
  });

  it('leaves the cases alone when it is something else that changed', async () => {
    const personId = await register('2012-05-01');
    const caseId = await open(personId, 'A_OCSEA', survivors);
    const before = await typesOf(caseId);
    const moved = { ...details('2012-05-01'), location: { locationCode: '120301' } };
    await told(personId, 'ChangePersonDetails', moved);
    expect(await typesOf(caseId)).toEqual(before);
  });
});

describe('a case of care beside a case of abuse (pathways 9)', () => {
  it('sees a flag that stands, not where it comes from, and only its own cases', async () => {
    const personId = await register('2012-05-01');
    const abuse = await open(personId, 'A_OCSEA', survivors);
    const care = await open(personId, 'C_REINTEGRATION', carers);
    const flagId = uuidv7();
    const reason = 'The suspect lives where the child would go';
    await told(personId, 'RaisePersonFlag', { flagId, kind: 'SAFETY', caseId: abuse, reason }, survivors);
    const view = await spean.queries.findCase(care, carers);
    expect(view?.flags).toMatchObject([{ kind: 'SAFETY' }]);
    const child = await spean.queries.findChild(personId, carers);
    expect(child?.cases.map(({ caseId }) => caseId)).toEqual([care]);
    expect(JSON.stringify([view, child])).not.toMatch(new RegExp(`suspect|${abuse}`));
    await told(personId, 'LiftPersonFlag', { flagId, reason: 'He moved away' }, province);
    expect((await spean.queries.findCase(care, carers))?.flags).toEqual([]);
    expect(await found()).toEqual([]);
  });

  it('lets nobody agree to its moves but who works on the other', async () => {
    const personId = await register('2012-05-01');
    const abuse = await open(personId, 'A_OCSEA', survivors);
    const care = await open(personId, 'C_REINTEGRATION', carers);
    const agreement = { caseId: care, byCase: abuse, reason: 'The aunt was visited' };
    expect(await refusalOf(told(personId, 'AgreeToMove', agreement, carers))).toEqual(['NotFound byCase']);
    expect((await told(personId, 'AgreeToMove', agreement, survivors)).events).toEqual(['MoveAgreed']);
  });
});

describe('two records of one child', () => {
  it('are found by spelling, script and year, by nobody who may not see one of them', async () => {
    const latin = { familyNameLatin: 'Chan', givenNameLatin: 'Srey Mom' };
    const khmer = { familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ' };
    const one = await register('2012', latin);
    const other = await register('2012-07-30', khmer);
    await register('2012-07-30', { ...khmer, givenNameKm: 'ដារ៉ា' });
    expect(await spean.queries.findDuplicates(one, province)).toMatchObject([
      { person: { id: other }, reasons: ['name_alike_in_both_scripts', 'same_birth_year'], score: 0.5 },
    ]);
    const sought = { ...details('2012-07-30'), identity: { ...khmer, birthDate: '2012-07-30' } };
    const ids = async (caller: Actor) =>
      (await spean.queries.findMatches(sought, 'existing_case', caller)).map(({ person }) => person.id);
    expect(await ids(province)).toEqual([other, one]);
    const caseId = await open(other, 'A_OCSEA', survivors);
    const conflict = { conflictId: uuidv7(), subject: 'agency', ref: carers.agency, reason: 'synthetic' } as const;
    await run(caseId, 'DeclareConflict', conflict);
    expect(await ids(carers)).toEqual([one]);
  });

  it('are found without where the child lives', async () => {
    const identity = { familyNameLatin: 'Keo', givenNameLatin: 'Hidden', birthDate: '2013-04-05' };
    const housed = { ...details('2013-04-05'), identity, location: { address: 'House 7, synthetic street' } };
    const personId = uuidv7();
    await told(personId, 'RegisterPerson', housed);
    expect((await spean.queries.findPerson(personId, province))?.location).toEqual(housed.location);
    const matches = await spean.queries.findMatches(housed, 'existing_case', carers);
    expect(matches.map(({ person }) => [person.id, person.location])).toEqual([[personId, {}]]);
  });

  it('are one to every case once they are merged, and two again when that is undone', async () => {
    const [twice, kept] = [await register('2012-05-01'), await register('2011-05-01')];
    const abuse = await open(kept, 'A_OCSEA', survivors);
    const care = await open(twice, 'C_REINTEGRATION', carers);
    const flag = { flagId: uuidv7(), kind: 'SAFETY', caseId: abuse, reason: 'synthetic' };
    await told(kept, 'RaisePersonFlag', flag, survivors);
    expect((await spean.queries.findCase(care, carers))?.flags).toEqual([]);
    await told(twice, 'MergePerson', { into: kept, reason: 'Same birth certificate' }, province);
    expect((await spean.queries.findCase(care, carers))?.flags).toMatchObject([{ kind: 'SAFETY' }]);
    expect((await spean.queries.findChild(twice, province))?.records.sort()).toEqual([twice, kept].sort());
    expect(await dueOf(care, 'R11')).toBe('2028-10-31T17:00:00.000Z');
    expect(await refusalOf(told(kept, 'MergePerson', { into: twice, reason: 'back' }, province))).toEqual([
      'WrongState into',
    ]);
    clock.advance('P29D');
    await told(twice, 'UnmergePerson', { reason: 'They are sisters' }, province);
    expect((await spean.queries.findCase(care, carers))?.flags).toEqual([]);
    expect(await dueOf(care, 'R11')).toBe('2029-10-31T17:00:00.000Z');
    expect(await found()).toEqual([]);
  });
});

const details = (birthDate: string) => ({
  facts: { sex: 'female' as const, ageBand: '12-14' as const, province: '12', synthetic: true },
  identity: { givenNameLatin: 'Synthetic', birthDate },
  location: {},
});

async function register(birthDate: string, names?: PersonIdentity): Promise<string> {
  const personId = uuidv7();
  const known = details(birthDate);
  const identity = names === undefined ? known.identity : { ...names, birthDate };
  await told(personId, 'RegisterPerson', { ...known, identity });
  return personId;
}

function told<T extends PersonCommandType>(
  personId: string,
  type: T,
  data: PersonCommandData[T],
  actor: Actor = province,
): Promise<Answer> {
  const command = { type, data, occurredAt: clock.now(), precision: 'moment' } as unknown as PersonCommand;
  return spean.commands.executePerson({ actor, purpose: 'case_management', traceId: 'test', personId, command });
}

async function open(personId: string, pathway: string, by: Actor): Promise<string> {
  const caseId = uuidv7();
  const code = `K-${caseId.slice(-6).toUpperCase()}`;
  const opening = { code, personId, agency: by.agency, owner: by.id, province: '12', synthetic: true };
  await run(caseId, 'OpenCase', { ...opening, pathway: `${pathway}@1.0.0` }, by);
  return caseId;
}

async function run<T extends CaseCommandType>(
  caseId: string,
  type: T,
  data: CaseCommandData[T],
  actor: Actor = province,
): Promise<void> {
  const command = { type, data, occurredAt: clock.now(), precision: 'moment' } as unknown as CaseCommand;
  await spean.commands.execute({ actor, purpose: 'case_management', traceId: 'test', caseId, command });
}

async function dueOf(caseId: string, definition: string): Promise<string | undefined> {
  const deadlines = await spean.queries.findDeadlines(caseId, province);
  return deadlines?.find((each) => each.definition === definition && each.status === 'due')?.dueAt;
}

async function typesOf(caseId: string): Promise<string[]> {
  const page = await spean.queries.findTimeline(caseId, province, { limit: 100 });
  return page?.items.map(({ type }) => type) ?? [];
}

async function refusalOf(asked: Promise<unknown>): Promise<string[]> {
  const refused: unknown = await asked.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CommandRefused);
  return (refused as CommandRefused).refusal.unmet.map(({ code, subject }) => `${code} ${subject}`);
}

async function found(): Promise<Difference[]> {
  const all: Difference[] = [];
  for await (const difference of differences(spean)) all.push(difference);
  return all;
}
