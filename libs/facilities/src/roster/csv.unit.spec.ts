import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BrokenCsv, rowsOfCsv } from './csv.js';

describe('rows of a CSV text', () => {
  it('are named by the first line; empty cells say nothing and empty lines are none', () => {
    expect(rowsOfCsv('a,b,c\n1,,3\n\n , 5 ,\n')).toEqual([{ a: '1', c: '3' }, { b: '5' }]);
  });

  it('may hold commas, line ends and quotation marks within quotation marks', () => {
    expect(rowsOfCsv('a,b\n"x, y","say ""no""\nand go"\n')).toEqual([{ a: 'x, y', b: 'say "no"\nand go' }]);
  });

  it('come with the line ends and the mark of any system', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(rowsOfCsv(`\uFEFFa,ឈ្មោះ${end}1,សុខ${end}2,ជា`)).toEqual([
        { a: '1', ឈ្មោះ: 'សុខ' },
        { a: '2', ឈ្មោះ: 'ជា' },
      ]);
    }
  });

  it('keep what stands beyond the last column, under no name', () => {
    expect(rowsOfCsv('a\n1,2\n')).toEqual([{ a: '1', '': '2' }]);
  });

  it.each([
    ['', /no header/],
    ['a,a\n1,2', /twice/],
    ['a,b\n1,2\n"x,3', /line 3/],
    ['a,b\nx"y,2', /line 2/],
    ['a\n"x"y', /line 2/],
  ])('are refused without quoting the text: %j', (text, message) => {
    expect(() => rowsOfCsv(text)).toThrow(BrokenCsv);
    expect(() => rowsOfCsv(text)).toThrow(message);
  });

  it('say what was written, whatever was written', () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text && text !== '');
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = ['a,b', ...rows.map(([a, b]) => `${quoted(a)},${quoted(b)}`)].join('\r\n');
        expect(rowsOfCsv(text)).toEqual(rows.map(([a, b]) => ({ a, b })));
      }),
    );
  });

  it('are read all, however many there are', () => {
    const text = `a,b\n${'"x"",y",2\n'.repeat(50_000)}`;
    expect(rowsOfCsv(text)).toHaveLength(50_000);
  });
});
