import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { ask, storyIn, supervisor, type Asked } from '../../../../test/support/case-specification.js';
import { consent, document, exception, openCase } from '../../../../test/support/case-stories.js';
import { restsOnException } from './rests-on-exception.js';

const birthDate = '2013-05-01';
const story = storyIn({ birthDate, common: loadPathways().common })(openCase());

/** The child's own consent is there; whether the caregiver's is set aside, and how, is asked. */
const childs = (kind: string, recipient?: string): Asked =>
  consent({ kind, giver: 'child', manner: 'thumbprint', maturityNoted: true, ...(recipient && { recipient }) });
const ownConsents = [childs('CONSENT_SERVICES'), childs('CONSENT_SHARING', 'cif')];
const kinds = ['CONSENT_SERVICES', 'CONSENT_SHARING'];
const recorded = [exception({ exceptionId: 'e', kinds }), document('BIA')];
const approved = ask('ApproveConsentException', { exceptionId: 'e' }, { actor: supervisor });
const ended = ask('ReviewConsentException', { exceptionId: 'e', ends: true });

function rests(...asked: Asked[]): boolean {
  const told = story.and(...asked);
  return restsOnException(told.known(), 'cif', { ...told.context(), birthDate });
}

describe('a consent that is overridden in Primero', () => {
  it('rests on an exception that somebody else approved, beside what the child says', () => {
    expect(rests(...ownConsents, ...recorded, approved)).toBe(true);
  });

  it.each<[string, Asked[]]>([
    ['without an exception', ownConsents],
    ['while the exception waits for its approval', [...ownConsents, ...recorded]],
    ['after the exception ended', [...ownConsents, ...recorded, approved, ended]],
    [
      'for an exception from another kind',
      [...ownConsents, exception({ exceptionId: 'e' }), document('BIA'), approved],
    ],
    ['where the child has not agreed', [...recorded, approved]],
    [
      'for an agency that the child did not name',
      [childs('CONSENT_SERVICES'), childs('CONSENT_SHARING', 'tpo'), ...recorded, approved],
    ],
  ])('is none %s', (_, asked) => {
    expect(rests(...asked)).toBe(false);
  });
});
