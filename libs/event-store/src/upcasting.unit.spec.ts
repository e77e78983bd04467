import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from './event.js';
import { upcasting } from './upcasting.js';

/** As it lies in the log, written by the first version; never to be edited. */
const referralSentV1 = '{"service":"HEALTH","to":"agency-2"}';
const referralSentV2 = '{"service":"HEALTH","to":"agency-2","urgency":"ROUTINE"}';

const stored = (schemaVersion: number, data: string, type = 'ReferralSent'): StoredEvent => ({
  streamId: '0190a5d6-0000-7000-8000-000000000001',
  version: 1,
  type,
  schemaVersion,
  occurredAt: '2026-01-01T00:00:00.000Z',
  precision: 'moment',
  recordedAt: '2026-01-01T00:00:00.000Z',
  commandId: '0190a5d6-0000-7000-8000-000000000002',
  data: JSON.parse(data) as Record<string, unknown>,
  sealed: null,
  meta: { actor: 'a', purpose: 'p', traceId: 't' },
  hash: Buffer.alloc(32),
});

const upcast = upcasting({
  ReferralSent: {
    1: (data) => ({ ...data, urgency: 'ROUTINE' }),
    2: ({ to, ...data }) => ({ ...data, recipient: to }),
  },
});

describe('upcasting', () => {
  it.each([
    [1, referralSentV1],
    [2, referralSentV2],
  ])('lifts version %i to the newest, step by step', (version, data) => {
    expect(upcast(stored(version, data))).toMatchObject({
      schemaVersion: 3,
      data: { service: 'HEALTH', recipient: 'agency-2', urgency: 'ROUTINE' },
    });
  });

  it('leaves what is new enough, or has no steps, as it is', () => {
    const event = stored(1, referralSentV1, 'NoteAdded');
    expect(upcast(event)).toBe(event);
    expect(upcast(stored(3, '{"recipient":"agency-2"}'))).toMatchObject({ schemaVersion: 3 });
  });

  it('does not touch the event it was given', () => {
    const event = stored(1, referralSentV1);
    upcast(event);
    expect(event.data).toEqual(JSON.parse(referralSentV1));
  });
});
