import { describe, expect, it } from '@jest/globals';
import { ask, event, storyIn, worker } from '../../../../test/support/case-specification.js';
import { document, facts, openCase } from '../../../../test/support/case-stories.js';
import type { FacilitySnapshot } from '../context.js';

const open: FacilitySnapshot = { state: 'LISTED', admits: true, accused: false };
const shut: FacilitySnapshot = { state: 'STOPPED', admits: false, accused: false };
const register = { 'RCF-1': open, 'RCF-2': shut };
const inRegister = storyIn({ facilities: register });

const proposed = (facility: string) => openCase({ facts: { admission: 'NEW', facility } });

describe('guards on facts', () => {
  it('a facility that takes no new child, or that the register does not know, gets none', () => {
    inRegister().when(proposed('RCF-2')).thenRefused('GuardUnmet FACTS.1');
    inRegister().when(proposed('RCF-9')).thenRefused('GuardUnmet FACTS.1');
    inRegister().when(proposed('RCF-1')).thenAmongOthers(event('CaseEnrolled'));
  });

  it('a child who lives there already is recorded whatever the facility: the child is never the illegal one', () => {
    for (const facility of ['RCF-2', 'RCF-9']) {
      inRegister()
        .when(openCase({ facts: { admission: 'FOUND', facility } }))
        .thenAmongOthers(event('StayBegan', { facility }));
    }
  });

  it('are asked again when one of their facts is told later, and not when another is', () => {
    const story = inRegister(proposed('RCF-1'));
    story.when(facts({ facility: 'RCF-2' })).thenRefused('GuardUnmet FACTS.1');
    story.when(facts({ offence: 'PETTY' })).thenAmongOthers(event('FactsRecorded'));
    const suspended = storyIn({ facilities: { 'RCF-1': shut } });
    suspended(openCase({ facts: { admission: 'FOUND', facility: 'RCF-1' } }))
      .when(facts({ offence: 'PETTY' }))
      .thenAmongOthers(event('FactsRecorded'));
  });

  it('SR-64: an admission for poverty alone is refused, and told what to try first', () => {
    const { outcome } = inRegister().when(openCase({ facts: { because: 'POVERTY' } }));
    expect(outcome).toEqual({
      ok: false,
      refusal: {
        kind: 'unmet',
        unmet: [
          {
            code: 'GuardUnmet',
            subject: 'FACTS.2',
            text: {
              en: 'Poverty alone is no reason: Cash support, Equity card',
              km: 'Poverty alone is no reason (km)៖ Cash support (km), Equity card (km)',
            },
            tryFirst: ['CASH', 'CARD'],
          },
        ],
      },
    });
  });

  it('list everything at once, with what is wrong with the facts themselves', () => {
    inRegister()
      .when(openCase({ facts: { admission: 'NEW', facility: 'RCF-2', because: 'POVERTY', places: 'many' } }))
      .thenRefused('FieldInvalid facts.places', 'GuardUnmet FACTS.1', 'GuardUnmet FACTS.2');
    inRegister(proposed('RCF-1'))
      .when(facts({ arrivedAt: '2026-03-02T03:00:00.000Z', because: 'POVERTY', offence: 'MURDER' }))
      .thenRefused('FieldInvalid facts.offence', 'GuardUnmet FACTS.2', 'GuardUnmet FACTS.3');
  });

  it('a new child comes only after the decision; until then nobody lives there', () => {
    const arrived = facts({ arrivedAt: '2026-03-02T03:00:00.000Z' });
    inRegister(proposed('RCF-1')).when(arrived).thenRefused('GuardUnmet FACTS.3');
    inRegister(proposed('RCF-1'), document('GK_DECISION'))
      .when(arrived)
      .thenAmongOthers(event('StayBegan', { facility: 'RCF-1' }));
  });

  it('hold when a waiting case is enrolled, too', () => {
    const waiting = ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true });
    inRegister(waiting)
      .when(ask('EnrolCase', { pathway: 'TEST@1.0.0', facts: { admission: 'NEW', facility: 'RCF-2' } }))
      .thenRefused('GuardUnmet FACTS.1');
  });
});

describe('while an allegation stands against a facility', () => {
  const shutOut = storyIn({ shutOut: ['RCF-1'] });
  const carer = { id: 'carer-1', roles: ['OSVY_SW', 'RCF_SW'], agency: 'RCF-1' };
  const story = shutOut(openCase());

  it('its people find no case of a child who lives or lived there, and can open none', () => {
    story
      .when(ask('AddNote', { noteId: 'n', kind: 'CASE_NOTE', text: 'words' }, { actor: carer }))
      .thenUnknown('NotFound case');
    shutOut()
      .when({ ...openCase(), actor: carer })
      .thenUnknown('NotFound personId');
    story
      .when(ask('AddNote', { noteId: 'n', kind: 'CASE_NOTE', text: 'words' }, { actor: worker }))
      .then(event('NoteAdded'));
  });

  it('nothing of the child is handed to it: no case, no referral, no vote', () => {
    story.when(ask('AssignCase', { owner: 'carer-1', agency: 'RCF-1' })).thenRefused('ConflictOfInterest owner');
    const referral = {
      referralId: 'r',
      type: 'service' as const,
      service: { code: 'health' },
      fromAgency: 'osvy',
      toAgency: 'RCF-1',
      urgency: 'URGENT' as const,
    };
    story.when(ask('DraftReferral', referral)).thenRefused('ConflictOfInterest toAgency');
  });
});
