import { byCode, closed, described, ref, someOf, type Schema } from './parts.js';

/** Maps from earlier versions, each of them once. */
export const migrations: Schema = someOf(
  closed(
    {
      from: ref('version'),
      states: described(byCode(ref('code')), 'Every state of that version, and the one that takes its place.'),
      tracks: described(byCode(byCode(ref('code'))), 'States of tracks that have another name now.'),
      deadlines: described(
        byCode({ anyOf: [ref('code'), { type: 'null' }] }),
        'Deadlines that have another name now; null gives one up.',
      ),
      anew: described(someOf(ref('code')), 'Deadlines that count from the migration.'),
    },
    ['tracks', 'deadlines', 'anew'],
  ),
);
