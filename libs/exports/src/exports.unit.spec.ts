import { describe, expect, it } from '@jest/globals';
import { encryptExport, ExportNotOpened, keyOf, newSalt, openExport } from './export-file.js';
import { honeyId, rowId } from './row-id.js';
import { writeTable, type ExportRow } from './table.js';

const row: ExportRow = {
  ...{ row: 'r', code: 'K-1', pathway: null, state: null, risk: 'high', agency: 'a', owner: null, province: '12' },
  ...{ district: null, openedAt: '2026-03-04T05:06:07.000Z', ended: false, names: null, address: null },
};

describe('the id of a row', () => {
  it('is the same for the case in the same export alone, and has the form of any id', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(rowId(one, 'case')).toBe(rowId(one, 'case'));
    expect(new Set([rowId(one, 'case'), rowId(other, 'case'), rowId(one, 'another'), honeyId()]).size).toBe(4);
    for (const id of [rowId(one, 'case'), honeyId()]) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe('the file', () => {
  it('opens with its passphrase, however that is composed, and with no other', async () => {
    const salt = newSalt();
    const key = await keyOf('long enough é', salt);
    const file = encryptExport('text ភាសា', { id: 'export-1', key, salt });
    expect(JSON.stringify(file)).not.toContain('text');
    await expect(openExport(file, 'long enough e\u0301')).resolves.toBe('text ភាសា');
    await expect(openExport(file, 'long enough e')).rejects.toBeInstanceOf(ExportNotOpened);
    await expect(openExport({ ...file, export: 'export-2' }, 'long enough é')).rejects.toBeInstanceOf(ExportNotOpened);
  });

  it('makes each guess at its passphrase dear, and says how it did', async () => {
    const salt = newSalt();
    const key = await keyOf('long enough', salt);
    const { kdf } = encryptExport('text', { id: 'export-1', key, salt });
    expect(kdf).toEqual({ name: 'scrypt', N: 32_768, r: 8, p: 3, salt });
    expect([key.length, Buffer.from(salt, 'base64').length]).toEqual([32, 16]);
    expect(await keyOf('long enough', newSalt())).not.toEqual(key);
  });

  it('says at its end who took it out, and runs nothing in a spreadsheet', () => {
    const text = writeTable([{ ...row, names: '=HYPERLINK("x","y")', address: 'a, b' }], { id: 'e', by: 'u', at: 't' });
    const [head, first, last] = text.replace('\uFEFF', '').split('\r\n');
    expect(head).toMatch(/^row,code,.*,names,address$/);
    expect(first).toContain(`"'=HYPERLINK(""x"",""y"")","a, b"`);
    expect(last).toBe('# export e fetched by u at t');
  });
});
