import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MasterKeyUnusable } from './local-master-key.js';
import { Pkcs11MasterKey } from './pkcs11-master-key.js';
import { Pkcs11Session } from './pkcs11-session.js';

/** A token in software, of Debian's package softhsm2. */
const module = '/usr/lib/softhsm/libsofthsm2.so';
const token = 'spean-test';
const pin = '5678';

if (!existsSync(module)) process.stderr.write(`${module} is missing (package softhsm2): PKCS#11 is not tested\n`);
const withToken = existsSync(module) ? describe : describe.skip;

withToken('a master key on a PKCS#11 token', () => {
  const place = { module, token, pin, key: `master ${randomBytes(4).toString('hex')}` };

  it('wraps and derives there, the same after every start, and never leaves it', async () => {
    const args = ['--init-token', '--free', '--label', token, '--so-pin', '1234', '--pin', pin];
    expect(spawnSync('softhsm2-util', args).status).toBe(0);
    const made = await Pkcs11MasterKey.open(place, { mayCreate: true });
    const wrapped = await made.wrap(Buffer.alloc(32, 7), 'person 1');
    expect(wrapped).toMatch(/^[\w-]{16}\.[\w-]{64}$/);

    const again = await Pkcs11MasterKey.open(place, { mayCreate: false });
    expect(again.id).toBe(made.id);
    await expect(again.unwrap(wrapped, 'person 1')).resolves.toEqual(Buffer.alloc(32, 7));
    await expect(again.unwrap(wrapped, 'person 2')).rejects.toThrow();
    await expect(again.unwrap(`A${wrapped.slice(1)}x`, 'person 1')).rejects.toThrow();
    await expect(again.derive('names')).resolves.toEqual(await made.derive('names'));
    expect(await again.derive('contacts')).not.toEqual(await made.derive('names'));

    const session = await Pkcs11Session.open(place);
    const key = session.findAesKey(place.key);
    expect(key !== undefined && session.isExtractable(key)).toBe(false);
  });

  it('is another key under another label', async () => {
    const other = await Pkcs11MasterKey.open({ ...place, key: `${place.key} next` }, { mayCreate: true });
    const first = await Pkcs11MasterKey.open(place, { mayCreate: false });
    expect(other.id).not.toBe(first.id);
    await expect(other.unwrap(await first.wrap(Buffer.alloc(32, 7), 'x'), 'x')).rejects.toThrow();
  });

  it('is refused, with the reason, when module, token or key are not there', async () => {
    const refused = async (wrong: Partial<typeof place>) => {
      const opening = Pkcs11MasterKey.open({ ...place, ...wrong }, { mayCreate: false });
      const error: unknown = await opening.catch((each: unknown) => each);
      expect(error).toBeInstanceOf(MasterKeyUnusable);
      return `${(error as Error).message} ${String((error as Error).cause)}`;
    };
    expect(await refused({ module: '/nowhere.so' })).toContain('nowhere.so');
    expect(await refused({ token: 'lost' })).toContain('no token is labelled lost');
    expect(await refused({ key: 'lost' })).toContain('spean keys create');
  });
});
