import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { chainHash, type ChainedEvent, type ChainLink } from './chain.js';

const event: ChainedEvent = {
  type: 'NoteAdded',
  schemaVersion: 1,
  occurredAt: '2026-01-02T03:04:05.006Z',
  precision: 'moment',
  data: '{"a":"ក"}',
  sealed: null,
};
const link: ChainLink = {
  tenant: 1,
  streamId: '0190a5d6-0000-7000-8000-000000000001',
  version: 2,
  recordedAt: '2026-01-02T03:04:06.000Z',
  commandId: '0190a5d6-0000-7000-8000-000000000002',
  commandOrd: 0,
  meta: '{}',
};

describe('the hash of an event', () => {
  it('is SHA-256 over this very text, for ever', () => {
    const before = Buffer.alloc(32, 0xab);
    const text = `1 ${'ab'.repeat(32)} 1 ${link.streamId} 2 1 1767323045006 moment 1767323046000 ${link.commandId} 0 9 11 - 2 NoteAdded{"a":"ក"}{}`;
    expect(chainHash(before, event, link)).toEqual(createHash('sha256').update(text).digest());
  });

  it('tells apart what only moved between neighbouring fields', () => {
    const hashes = [
      chainHash(null, { ...event, type: 'NoteAdded{', data: '}' }, link),
      chainHash(null, { ...event, type: 'NoteAdded', data: '{}' }, link),
      chainHash(null, { ...event, data: '{}', sealed: '' }, link),
      chainHash(null, { ...event, data: '{}', sealed: '{}' }, { ...link, meta: '' }),
      chainHash(null, { ...event, data: '{}{}' }, { ...link, meta: '' }),
    ].map((hash) => hash.toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
