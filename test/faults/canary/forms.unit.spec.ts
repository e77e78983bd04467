import { describe, expect, it } from '@jest/globals';
import { encodings, formsOf } from './forms.js';
import { Needles } from './needles.js';

const khmer = 'ច័ន្ទស្រីមុំកាណារី';
const needles = new Needles({ name: khmer, latin: 'Srey-Canary É' });

const around = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([7, 200, 0]), bytes, Buffer.from([0, 9])]);

describe('looking for a text', () => {
  it.each([
    ['UTF-8', Buffer.from(khmer)],
    ['UTF-16LE', Buffer.from(khmer, 'utf16le')],
    ['UTF-16BE', Buffer.from(khmer, 'utf16le').swap16()],
    ['base64', Buffer.from(Buffer.from(`x${khmer}y`).toString('base64'))],
    ['base64', Buffer.from(Buffer.from(`xy${khmer}z`).toString('base64url'))],
    ['base64', Buffer.from(Buffer.from(`{"a":"${khmer}"}`).toString('base64'))],
    ['hex', Buffer.from(Buffer.from(khmer).toString('hex'))],
    ['percent', Buffer.from(encodeURIComponent(khmer))],
    ['percent', Buffer.from(encodeURIComponent(khmer).toLowerCase())],
    ['quoted-printable', Buffer.from(encodeURIComponent(khmer).replaceAll('%', '='))],
    ['JSON escapes', Buffer.from(khmer.replace(/./gu, (each) => `\\u${each.charCodeAt(0).toString(16)}`))],
  ])('finds it in %s', (encoding, bytes) => {
    expect(needles.in(around(bytes))).toContainEqual({ word: 'name', encoding });
  });

  it.each(['SREY-CANARY É', 'srey-canary é', 'Srey-Canary É'.normalize('NFD')])(
    'finds another spelling: %s',
    (text) => {
      expect(needles.in(around(Buffer.from(text)))).toContainEqual({ word: 'latin', encoding: 'UTF-8' });
    },
  );

  it('finds nothing where nothing is', () => {
    expect(needles.in(around(Buffer.from('ច័ន្ទ Srey Canary')))).toEqual([]);
  });

  it('knows each encoding for a text in Khmer', () => {
    expect(new Set(formsOf(khmer).map(({ encoding }) => encoding))).toEqual(new Set(Object.keys(encodings)));
  });
});
