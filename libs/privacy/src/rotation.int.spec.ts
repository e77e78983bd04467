import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Database, type DatabaseContext } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { contactToken } from './contact-token.js';
import type { MasterKeySource } from '#libs/configuration';
import { MasterKeyUnusable } from './local-master-key.js';
import { openSealing, type Sealing } from './open-sealing.js';
import { rotateKeys } from './rotate.js';

const context: DatabaseContext = { tenant: 1, principals: [] };
const newKey = (): MasterKeySource => ({ kind: 'environment', key: randomBytes(32).toString('base64') });
const [before, after] = [newKey(), newKey()];
const name = { familyNameLatin: 'Synthetic', givenNameLatin: 'Person' };

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: 3 });
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const openWith = (active: MasterKeySource, other?: MasterKeySource): Promise<Sealing> =>
  openSealing(database, context, other === undefined ? { active } : { active, other }, { mayCreate: false });

const place = (personId: string) => ({ personId, streamId: personId, version: 1 });
const fields = { identity: { name: 'synthetic' }, narrative: { text: 'a synthetic story' } };

const seal = ({ sealer }: Sealing, personId: string) =>
  database.unitOfWork.run(context, async (tx) => (await sealer.seal(tx, place(personId), fields)) as string);

const unseal = ({ sealer }: Sealing, personId: string, sealed: string) =>
  database.read(context, (queries) => sealer.unseal(queries, place(personId), sealed));

describe('rotating the master key', () => {
  it('wraps every key anew, also after it was broken off; what was sealed and indexed is found as before', async () => {
    const old = await openWith(before);
    const people = Array.from({ length: 1_200 }, () => uuidv7());
    const sealed = new Map<string, string>();
    await database.unitOfWork.run(context, async (tx) => {
      for (const id of people) sealed.set(id, (await old.sealer.seal(tx, place(id), fields)) as string);
    });
    const [tokens, phone] = [await old.blindIndex.tokensOf(name), await contactToken(old.indexKeys, '012 345 678')];

    const rotating = await openWith(after, before);
    const brokenOff = rotateKeys({ database, context, masterKey: rotating.masterKey }, [], () => {
      throw new Error('killed');
    });
    await expect(brokenOff).rejects.toThrow('killed');
    // Neither key alone opens everything now, and the program says so at its start.
    await expect(openWith(before)).rejects.toBeInstanceOf(MasterKeyUnusable);
    await expect(openWith(after)).rejects.toThrow(old.masterKey.id);

    const again = await openWith(after, before);
    const rotation = await rotateKeys({ database, context, masterKey: again.masterKey }, []);
    expect(rotation).toEqual({ masterKey: again.masterKey.id, rewrapped: 1_902, stillInUse: [] });

    const now = await openWith(after);
    for (const id of people.slice(0, 50)) await expect(unseal(now, id, sealed.get(id) ?? '')).resolves.toEqual(fields);
    await expect(now.blindIndex.tokensOf(name)).resolves.toEqual(tokens);
    await expect(contactToken(now.indexKeys, '+855 12 345 678')).resolves.toBe(phone);
  });

  it('goes on while another process still wraps by the key before', async () => {
    const [behind, ahead] = [await openWith(after), await openWith(newKey(), after)];
    const id = uuidv7();
    const sealed = await seal(behind, id);
    await expect(unseal(ahead, id, sealed)).resolves.toEqual(fields);
    await rotateKeys({ database, context, masterKey: ahead.masterKey }, []);
    await seal(behind, uuidv7());
    await expect(rotateKeys({ database, context, masterKey: ahead.masterKey }, [])).resolves.toMatchObject({
      rewrapped: 2,
      stillInUse: [],
    });
  });
});

describe('the token of a telephone number', () => {
  it('is one however it is written, none for what is no number, and does not show it', async () => {
    const other = await freshDatabase();
    const elsewhere = await Database.open({ url: other.urls.program, poolSize: 2 });
    const options = { mayCreate: false };
    const { indexKeys } = await openSealing(elsewhere, context, { active: newKey() }, options);
    const token = await contactToken(indexKeys, '012 345 678');
    expect(await contactToken(indexKeys, '+855 12 345 678')).toBe(token);
    expect(await contactToken(indexKeys, '012 345 679')).not.toBe(token);
    expect(token).not.toContain('12345678');
    await expect(contactToken(indexKeys, 'unknown')).resolves.toBeUndefined();
    await elsewhere.close();
    await other.drop();
  });
});
