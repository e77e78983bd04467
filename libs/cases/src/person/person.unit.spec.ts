import { describe, expect, it } from '@jest/globals';
import {
  ageBandOf,
  birthDateOf,
  decidePerson,
  evolvePerson,
  noPerson,
  type PersonCommand,
  type PersonDetails,
  type PersonState,
} from './person.js';

const details: PersonDetails = {
  facts: { sex: 'female', ageBand: '12-14', province: '12', synthetic: true },
  identity: { familyNameLatin: 'Chan', givenNameLatin: 'Sreymom', birthDate: '2013-05-02' },
  location: { locationCode: '120101' },
};

const tell = (data: PersonDetails, state: PersonState = noPerson) => {
  const command: PersonCommand = {
    type: 'RegisterPerson',
    data,
    occurredAt: '2026-03-02T02:00:00.000Z',
    precision: 'moment',
  };
  const events = decidePerson(command, state);
  return { events, state: events.reduce(evolvePerson, state) };
};

describe('a person', () => {
  it('is registered with names and home sealed, and only what finds nobody in clear', () => {
    const { events } = tell(details);
    expect(events).toMatchObject([
      {
        type: 'PersonRegistered',
        data: details.facts,
        sealed: { identity: details.identity, location: details.location },
      },
    ]);
    expect(JSON.stringify(events[0]?.data)).not.toMatch(/Chan|Sreymom|2013|120101/);
  });

  it('told again in the same words makes no event', () => {
    const { state } = tell(details);
    expect(tell(structuredClone(details), state).events).toEqual([]);
  });

  it('that changes says which fields did, not what they hold', () => {
    const { state } = tell(details);
    const { events } = tell(
      { facts: { ...details.facts, district: '1201' }, identity: { givenNameLatin: 'Srey Mom' }, location: {} },
      state,
    );
    expect(events).toMatchObject([
      {
        type: 'PersonDetailsChanged',
        data: {
          changed: [
            'facts.district',
            'identity.birthDate',
            'identity.familyNameLatin',
            'identity.givenNameLatin',
            'location.locationCode',
          ],
        },
      },
    ]);
  });

  it('is the fold of its events', () => {
    const { state } = tell(details);
    expect(state).toEqual({ version: 1, ...details });
  });
});

describe('age bands', () => {
  it.each([
    [undefined, 'unknown'],
    [-1, 'unknown'],
    [0, '0-5'],
    [5, '0-5'],
    [6, '6-11'],
    [11, '6-11'],
    [12, '12-14'],
    [14, '12-14'],
    [15, '15-17'],
    [17, '15-17'],
    [18, '18+'],
  ])('of %s is %s', (age, band) => {
    expect(ageBandOf(age)).toBe(band);
  });

  it('need the whole birth date', () => {
    expect(birthDateOf({ birthDate: '2013-05-02' })).toBe('2013-05-02');
    expect(birthDateOf({ birthDate: '2013-05' })).toBeUndefined();
    expect(birthDateOf({})).toBeUndefined();
  });
});
