import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ForeignSystem } from '#libs/cases';
import { fromOscar, fromPrimero, recordsIn, toOscar, toPrimero } from './index.js';
import { unknownToPrimero } from './primero/accepted.spec.js';
import { context, essence, holding, usable } from './testing.spec.js';

/** Payload shapes as they were seen; they lie beside the repository where it is developed and are not part of it. */
const folder = join(import.meta.dirname, '../../../../shared/interop/oscar/samples');
const ofPrimero = /^(primeroReferral|primeroV2|createNew|post_new|patch_update)/;
const placeholders = ['list_clients_oscar.json', 'put_update_client_links_oscar.json'];

const files = existsSync(folder) ? readdirSync(folder) : [];
const samples = files.map((file) => {
  const system: ForeignSystem = ofPrimero.test(file) ? 'primero' : 'oscar';
  const records = recordsIn(system, JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return [file, system, records] as const;
});
const real = rows(samples.filter(([file]) => !placeholders.includes(file)));
const unreal = rows(samples.filter(([file]) => placeholders.includes(file)));
const translate = { primero: fromPrimero, oscar: fromOscar };

/** A table of tests must not be empty, even where all of them are skipped. */
function rows(found: typeof samples): typeof samples {
  return found.length === 0 ? [['no samples', 'oscar', []]] : found;
}

(files.length === 0 ? describe.skip : describe)('the sample payloads', () => {
  it('hold seventeen records', () => expect(samples.flatMap(([, , records]) => records)).toHaveLength(17));

  it.each(real)('%s is understood and comes back the same', (_, system, records) => {
    for (const record of records) {
      const once = usable(translate[system](record, context));
      const out = system === 'primero' ? [toPrimero(holding(once))] : toOscar(holding(once));
      expect(out.map((sent) => essence(usable(translate[system](sent, context))))).toEqual([essence(once)]);
      expect(unknownToPrimero(toPrimero(holding(once)))).toEqual([]);
    }
  });

  it.each(unreal)('%s is a placeholder, refused by its fields', (_, system, records) => {
    for (const record of records) {
      expect(translate[system](record, context)).toEqual({
        ok: false,
        reason: expect.stringContaining('external_id: not a UUID'),
      });
    }
  });
});
