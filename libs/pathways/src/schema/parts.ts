/** A JSON Schema, or a part of one. */
export interface Schema {
  [keyword: string]: unknown;
}

export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** An object with exactly these members; those not named in `optional` are required. */
export function closed(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** An object that may hold any of these members and nothing else. */
export const anyOfThese = (properties: Record<string, Schema>): Schema => closed(properties, Object.keys(properties));

/** An object keyed by codes. */
export function byCode(values: Schema, rest: Schema = {}): Schema {
  return { type: 'object', propertyNames: ref('code'), additionalProperties: values, ...rest };
}

export const listOf = (items: Schema, rest: Schema = {}): Schema => ({
  type: 'array',
  items,
  uniqueItems: true,
  ...rest,
});

export const someOf = (items: Schema, rest: Schema = {}): Schema => listOf(items, { minItems: 1, ...rest });

export const oneWord = (...words: string[]): Schema => ({ enum: words });

export const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** How a number is known. */
export const tag: Schema = oneWord('SOURCE', 'KNOWN', 'KNOWN(verify)', 'ASSUMED', 'ASSUMED(verify)', 'SOURCE+ASSUMED');
export const yes: Schema = { const: true };
export const boolean: Schema = { type: 'boolean' };
export const words: Schema = { type: 'string', minLength: 1 };
export const count: Schema = { type: 'integer', minimum: 0 };

/** Where a number or rule comes from, and whether it is confirmed. */
export const sourced: Record<string, Schema> = {
  basis: described(words, 'Source of the rule, in words.'),
  tag: ref('tag'),
  confirmed: described(boolean, 'True once counsel or the ministry has confirmed it.'),
};

/** Exactly one of these members, beside whatever else the object may hold. */
export function exactlyOne(...names: string[]): Schema {
  return { oneOf: names.map((name) => ({ required: [name] })) };
}

/** The small parts every definition is made of. */
export const smallParts: Record<string, Schema> = {
  code: described({ type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' }, 'A code; stable once published.'),
  version: described(
    { type: 'string', pattern: '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$' },
    'Semantic version; a case is pinned to the one it began under.',
  ),
  duration: described(
    {
      type: 'string',
      pattern:
        '^-?P(?=.)(\\d{1,5}Y)?(\\d{1,5}M)?(\\d{1,5}W)?(\\d{1,5}D)?(T(?=.)(\\d{1,8}H)?(\\d{1,8}M)?(\\d{1,8}S)?)?$',
    },
    'ISO 8601 duration such as PT24H, P7D or P3M.',
  ),
  text: described(
    closed({
      en: words,
      km: words,
      reviewed: described(boolean, 'True once a native speaker of the field has read the Khmer.'),
    }),
    'English and Khmer.',
  ),
  factValue: { type: ['string', 'number', 'boolean'] },
  riskLevel: oneWord('high', 'medium', 'low', 'no_action'),
  referralState: oneWord(
    'DRAFT',
    'SENT',
    'ACKNOWLEDGED',
    'MORE_INFO',
    'ACCEPTED',
    'IN_SERVICE',
    'COMPLETED',
    'REJECTED',
    'REVOKED',
    'EXPIRED',
  ),
  referralUrgency: described(
    oneWord('EMERGENCY', 'URGENT_3H', 'URGENT', 'SOON', 'ROUTINE'),
    'How soon a receiver must answer: within 1, 3, 24 or 72 hours, or 7 days.',
  ),
  reviewState: oneWord('FILED', 'ACKNOWLEDGED', 'UNDER_REVIEW', 'UPHELD', 'PARTLY_UPHELD', 'DISMISSED', 'SECOND_LEVEL'),
  tag: oneWord('SOURCE', 'KNOWN', 'KNOWN(verify)', 'ASSUMED', 'ASSUMED(verify)', 'SOURCE+ASSUMED'),
  contactKind: oneWord('VISIT', 'HOME_VISIT', 'PHONE', 'OFFICE', 'PREPARATORY', 'ATTEMPT'),
};
