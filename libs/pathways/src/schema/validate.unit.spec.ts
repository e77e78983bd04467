import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';

import { commonSchema, pathwaySchema } from './pathway-schema.js';

describe('the schemas of definitions', () => {
  it.each([
    ['of a pathway', pathwaySchema],
    ['of what pathways share', commonSchema],
  ])('are JSON Schema of 2020-12: %s', (_, schema) => {
    const ajv = new Ajv2020();
    expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
  });
});
