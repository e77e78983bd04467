import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hasDuplicateNames } from './duplicate-names.js';

describe('a JSON text', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"o":{"a":1,"b":[{"c":1,"c":2}]}}',
    '[{"a":1},{"a":1,"a":1}]',
    '{"a":{"a":1},"a":1}',
    '{"":1,"":1}',
  ])('%s has a name twice', (text) => {
    expect(hasDuplicateNames(text)).toBe(true);
  });

  it.each([
    '{"a":1,"b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"{\\"b\\":1,\\"b\\":2}","b":["b","b"]}',
    '{"\\\\":1,"\\"":1}',
    '"a"',
  ])('%s has none', (text) => {
    expect(hasDuplicateNames(text)).toBe(false);
  });

  it('that was written from a value never has one', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => !hasDuplicateNames(JSON.stringify(value))));
  });

  it('with the whole of its object written twice always has one', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(object, (value) => {
        const members = JSON.stringify(value).slice(1, -1);
        return hasDuplicateNames(`{${members},${members}}`);
      }),
    );
  });
});
