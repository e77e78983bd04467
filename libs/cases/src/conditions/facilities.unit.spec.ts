import { describe, expect, it } from '@jest/globals';
import type { Condition } from '#libs/pathways';
import { START, storyIn, type World } from '../../../../test/support/case-specification.js';
import { openCase } from '../../../../test/support/case-stories.js';
import { viewOf } from '../context.js';
import { holds } from './holds.js';

const admits: Condition = { facility: { fact: 'facility', admits: true } };
const accused: Condition = { facility: { fact: 'facility', accused: true } };

const truth = (world: World, condition: Condition, facts: Record<string, string> = { facility: 'RCF-1' }) => {
  const story = storyIn(world)(openCase({ facts }));
  return holds(condition, viewOf(story.known(), story.context(), START));
};

describe('what the register says of the facility that a fact names', () => {
  it.each([
    [{ state: 'LISTED', admits: true, accused: false }, true, false],
    [{ state: 'STOPPED', admits: false, accused: false }, false, false],
    [{ state: 'LISTED', admits: false, accused: true }, false, true],
  ])('%j: takes new children %s, accused %s', (snapshot, admitting, standing) => {
    const world = { facilities: { 'RCF-1': snapshot } };
    expect([truth(world, admits), truth(world, accused)]).toEqual([admitting, standing]);
  });

  it('is nothing where the register does not know it, or no facility is named', () => {
    expect(truth({}, admits)).toBe(false);
    expect(truth({}, accused)).toBe(false);
    expect(truth({ facilities: { 'RCF-1': { state: 'LISTED', admits: true, accused: true } } }, accused, {})).toBe(
      false,
    );
  });

  it('a case is no kind of facility', () => {
    expect(truth({}, { facilityType: ['HOME'] })).toBe(false);
  });
});
