import { describe, expect, it } from '@jest/globals';
import { changesFor, droppedFrom } from './kept.js';
import { transitionSteps } from './transition-steps.js';

const row = { unique_id: 'a', service_type: 'counselling', service_response_day_time: '2026-03-16T02:00:00Z' };

describe('what is written to a Primero that has the case', () => {
  it('is what differs, and of rows only those that differ', () => {
    const theirs = {
      name_first: 'A',
      sex: 'male',
      services_section: [
        { ...row, id: 7 },
        { unique_id: 'b', x: 1 },
      ],
    };
    const record = { name_first: 'A', sex: 'female', services_section: [row, { unique_id: 'b', x: 2 }] };
    expect(changesFor(record, theirs)).toEqual({ sex: 'female', services_section: [{ unique_id: 'b', x: 2 }] });
  });

  it('is no id and no owner, and no lower risk', () => {
    const record = { id: '1', case_id: '2', owned_by: 'x', module_id: 'm', risk_level: 'low' };
    expect(changesFor(record, { risk_level: 'high' })).toEqual({});
    expect(changesFor({ risk_level: 'high' }, { risk_level: 'low' })).toEqual({ risk_level: 'high' });
    expect(changesFor({ risk_level: 'low' }, {})).toEqual({ risk_level: 'low' });
  });

  it('is nothing when a moment is only written otherwise', () => {
    const theirs = { services_section: [{ ...row, service_response_day_time: '2026-03-16T02:00:00.000Z' }] };
    expect(changesFor({ services_section: [row] }, theirs)).toEqual({});
  });
});

describe('what a Primero did not keep', () => {
  it('is named, field by field and row by row', () => {
    const theirs = { sex: 'male', services_section: [{ unique_id: 'a', service_type: 'counselling' }] };
    const sent = { sex: 'male', name_first: 'A', services_section: [row, { unique_id: 'b' }] };
    expect(droppedFrom(sent, theirs)).toEqual([
      'name_first',
      'services_section',
      'services_section.service_response_day_time',
    ]);
  });
});

it('what Primero works out by itself is neither written nor missed', () => {
  expect(changesFor({ workflow: 'case_plan' }, { workflow: 'new' })).toEqual({});
  expect(droppedFrom({ workflow: 'case_plan' }, { workflow: 'new' })).toEqual([]);
});

describe('the steps of a referral', () => {
  const told = (theirs: string, ours: string) =>
    transitionSteps(theirs, ours, 'NO_CAPACITY').map((step) => ('revoke' in step ? 'revoked' : step.answer['status']));

  it.each([
    ['in_progress', 'in_progress', []],
    ['in_progress', 'accepted', ['accepted']],
    ['in_progress', 'done', ['accepted', 'done']],
    ['in_progress', 'rejected', ['rejected']],
    ['accepted', 'done', ['done']],
    ['accepted', 'in_progress', []],
    ['accepted', 'rejected', []],
    ['done', 'accepted', []],
    ['rejected', 'accepted', []],
    ['done', 'revoked', ['revoked']],
    ['revoked', 'accepted', []],
  ])('from %s to %s', (theirs, ours, steps) => {
    expect(told(theirs, ours)).toEqual(steps);
  });

  it('say why it was refused', () => {
    expect(transitionSteps('in_progress', 'rejected', undefined)).toEqual([
      { answer: { status: 'rejected', rejected_reason: 'OTHER' } },
    ]);
  });
});
