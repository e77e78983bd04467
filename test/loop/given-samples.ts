import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { checkoutDirectory } from '#libs/configuration';
import { recordsIn } from '#libs/interop';
import type { Sample } from './samples.js';

/** Payload shapes as they were seen; they lie beside the repository where it is developed and are not part of it. */
const beside = path.join(checkoutDirectory(), '../shared/interop/oscar/samples');
const ofPrimero = /^(primeroReferral|primeroV2|createNew|post_new|patch_update)/;
/** Fields named for their type instead of holding anything. */
const placeholders = ['list_clients_oscar.json', 'put_update_client_links_oscar.json'];

/** The records in them, each under a name; none where the folder is absent. */
export function givenSamples(folder = beside): Sample[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => !placeholders.includes(file))
    .flatMap((file) => {
      const system = ofPrimero.test(file) ? 'primero' : 'oscar';
      const records = recordsIn(system, JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
      return records.map((record, index) => ({
        name: `${file} ${index}`,
        system,
        record: record as Sample['record'],
      }));
    });
}
