import { fieldClasses } from '#libs/privacy';

const shared = fieldClasses.filter((each) => each !== 'not_for_evidence');

const texts = {
  type: 'object',
  properties: { en: { type: 'string', minLength: 1 }, km: { type: 'string', minLength: 1 } },
  required: ['en', 'km'],
  additionalProperties: false,
};
const classes = { type: 'array', items: { enum: shared }, uniqueItems: true, minItems: 1 };
const basis = { enum: ['consent', 'legal_duty'] };
const services = { type: 'array', items: { type: 'string', pattern: '^\\w*\\*?$' }, uniqueItems: true, minItems: 1 };
const duration = { type: 'string', format: 'duration' };

const rule = { title: texts, classes, basis, until: duration };
const exchanged = {
  type: 'object',
  properties: { classes, basis },
  required: ['classes', 'basis'],
  additionalProperties: false,
};

/** JSON Schema of `information-sharing.yaml`. */
export const sharingSchema = {
  type: 'object',
  properties: {
    version: { const: 1 },
    confirmed: { type: 'boolean' },
    beforeAcceptance: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z_]+$' },
      uniqueItems: true,
      minItems: 1,
    },
    atMost: duration,
    purposes: {
      type: 'object',
      propertyNames: { pattern: '^[a-z_]+$' },
      additionalProperties: {
        type: 'object',
        properties: {
          ...rule,
          services,
        },
        required: [...Object.keys(rule), 'services'],
        additionalProperties: false,
      },
    },
    transfer: { type: 'object', properties: rule, required: Object.keys(rule), additionalProperties: false },
    exchange: {
      type: 'object',
      properties: { primero: exchanged, oscar: exchanged },
      required: ['primero', 'oscar'],
      additionalProperties: false,
    },
    exchangeByPathway: {
      type: 'object',
      propertyNames: { pattern: '^[A-Z][A-Z_]*$' },
      additionalProperties: {
        type: 'object',
        properties: {
          withheld: services,
          reason: { enum: ['content_facts', 'offence_data'] },
          words: { type: 'boolean' },
          ahead: {
            oneOf: [{ const: 'always' }, { type: 'array', items: { type: 'string', pattern: '^[A-Z_]+$' } }],
          },
        },
        required: ['withheld', 'reason', 'words', 'ahead'],
        additionalProperties: false,
      },
    },
    never: { const: ['not_for_evidence'] },
  },
  required: [
    'version',
    'confirmed',
    'beforeAcceptance',
    'atMost',
    'purposes',
    'transfer',
    'exchange',
    'exchangeByPathway',
    'never',
  ],
  additionalProperties: false,
};
