import { describe, expect, it } from '@jest/globals';
import { recordArray } from './record-array.js';

describe('an array of rows in binary form', () => {
  it('says how many rows there are, and each field’s type and length', () => {
    const written = recordArray([
      [
        { type: 'int2', value: 7 },
        { type: 'text', value: null },
      ],
    ]);
    const expected = ['00000001 00000000 00000000 00000001 00000001', '00000016 00000002']
      .concat('00000015 00000002 0007', '00000019 ffffffff')
      .join('')
      .replaceAll(' ', '');
    expect(written.toString('hex')).toBe(expected);
  });

  it('grows with its texts, whatever their script', () => {
    const text = 'ស្ពាន'.repeat(5_000);
    const written = recordArray([[{ type: 'text', value: text }], [{ type: 'text', value: 'end' }]]);
    expect(written.includes(text)).toBe(true);
    expect(written.subarray(-3).toString()).toBe('end');
  });
});
