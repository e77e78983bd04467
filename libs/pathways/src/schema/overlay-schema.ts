import { closed, described, smallParts, words, type Schema } from './parts.js';

/** The published JSON Schema of an overlay. */
export const overlaySchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:spean:overlay:1',
  title: 'Province overlay',
  description: 'Other numbers for one province, laid over one version of a pathway.',
  ...closed({
    overlay: described({ type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' }, 'Id of the pathway.'),
    version: described(
      { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+\\+(0[1-9]|1\\d|2[0-5])\\.[1-9]\\d*$' },
      'Version that it is laid over, province and number: 1.0.0+12.1.',
    ),
    basis: described(words, 'Where the numbers come from.'),
    numbers: described(
      {
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: '^/' },
        additionalProperties: { type: ['string', 'number'] },
      },
      'What takes the place of which number: a JSON pointer into the definition or into `ladders`.',
    ),
  }),
  $defs: smallParts,
};
