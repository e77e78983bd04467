import { describe, expect, it } from '@jest/globals';
import { differingStreams } from './head-line.js';

const signed = ['a case 3 h1 p1', 'b case 1 h2 p2'].join('\n');

describe('the lines of a checkpoint', () => {
  it('agree with themselves, also when there is none', () => {
    expect(differingStreams(signed, signed)).toEqual([]);
    expect(differingStreams('', '')).toEqual([]);
  });

  it.each([
    ['a stream is gone', 'b case 1 h2 p2', { streamId: 'a', version: 3, reason: 'taken out' }],
    ['its end is gone', 'a case 2 h0 p0\nb case 1 h2 p2', { streamId: 'a', version: 2, reason: 'taken out' }],
    ['it was longer', 'a case 4 h4 p4\nb case 1 h2 p2', { streamId: 'a', version: 4, reason: 'put in' }],
    ['there is one more', `${signed}\nc case 2 h3 p3`, { streamId: 'c', version: 2, reason: 'put in' }],
    ['it has another hash', 'a case 3 hx p1\nb case 1 h2 p2', { streamId: 'a', version: 3, reason: 'rewritten' }],
    [
      'it is of another kind',
      'a user 3 h1 p1\nb case 1 h2 p2',
      { streamId: 'a', version: 3, reason: 'another category' },
    ],
    ['its events moved', 'a case 3 h1 px\nb case 1 h2 p2', { streamId: 'a', version: 3, reason: 'moved' }],
  ])('name the stream when %s', (_what, found, bad) => {
    expect(differingStreams(signed, found)).toEqual([bad]);
  });
});
