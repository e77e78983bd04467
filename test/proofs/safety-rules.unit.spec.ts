import { describe, expect, it } from '@jest/globals';
import { plus } from '#libs/calendar';
import { isSmall, suppressed } from '#libs/cases';
import { guardsOf, lintChange, lintDefinition, type PathwayDefinition } from '#libs/pathways';
import { ask, event, given, START, supervisor, system, worker } from '../support/case-specification.js';
import {
  assessed,
  consent,
  document,
  draft,
  exception,
  note,
  openCase,
  risk,
  riskProposed,
  sent,
  sharingWith,
  step,
} from '../support/case-stories.js';
import { pathways, shipped } from './rehearsing.js';

const secret = 'Chan Canary';

/**
 * The safety rules of pathways, section 6, that stand in the core, each with the place that enforces it, shown by lacking
 * what it asks for. That nobody decides what they submitted (GR-2P) is shown for every gate in every-decision; that
 * messages say nothing of a child (GR-MSG), and that whoever is shut out finds nothing, in the scenario of SR-19.
 */
const rules: [rule: string, place: string, lacking: () => void][] = [
  [
    'GR-CSAM',
    'content.ts: no link in any words, no file of a refused kind',
    () => {
      given(openCase()).when(note('CASE_NOTE')).then(event('NoteAdded'));
      const link = ask('AddNote', { noteId: 'n', kind: 'CASE_NOTE', text: 'at https://example.org/x' });
      given(openCase()).when(link).thenRefused('LinkInText text');
      expect(pathways.current('A_OCSEA').definition.content).toMatchObject({
        refuseLinksInText: true,
        attachments: ['pdf', 'text'],
        refusedMediaTypes: expect.arrayContaining(['image/*', 'video/*']),
      });
    },
  ],
  [
    'GR-COI',
    'decide.ts: a conflict of interest beats every role and is answered as if there were no case',
    () => {
      const conflict = ask('DeclareConflict', { conflictId: 'c', subject: 'staff', ref: worker.id, reason: secret });
      given(openCase(), conflict).when(note('CASE_NOTE')).thenUnknown('NotFound case');
    },
  ],
  [
    'GR-STAGED',
    'events.ts: what is sent says service, urgency and receiver, and nothing of who it is',
    () => {
      const draftWithWords = draft({ reason: secret });
      const { history } = given(openCase(), sharingWith('clinic'), draftWithWords, sent());
      for (const { event: made } of history) expect(JSON.stringify(made.data)).not.toContain(secret);
    },
  ],
  [
    'GR-EXC',
    'commands/consents.ts: an exception that names a danger blocks that caregiver',
    () => {
      given(...assessed())
        .when(exception({ code: 'EX1' }))
        .thenRefused('FieldInvalid blocked');
      const blocked = { blockId: 'b', who: 'stepfather' };
      given(...assessed(), exception({ code: 'EX1', blocked }))
        .when(consent({ giver: 'caregiver', who: 'stepfather' }))
        .thenRefused('ContactBlocked who');
    },
  ],
  [
    'GR-2P, exceptions',
    'commands/consents.ts: nobody approves what they recorded',
    () => {
      const recorded = [...assessed(), document('BIA'), exception({ exceptionId: 'x' }, { actor: supervisor })];
      given(...recorded)
        .when(ask('ApproveConsentException', { exceptionId: 'x' }, { actor: supervisor }))
        .thenRefused('TwoPersonRule exceptionId');
    },
  ],
  [
    'GR-2P, risk',
    'commands/risk.ts: nobody agrees to the lower level that they proposed',
    () => {
      const both = { ...worker, roles: [...worker.roles, ...supervisor.roles] };
      const proposed = [openCase(), risk('high'), ...riskProposed('low', { actor: both })];
      given(...proposed)
        .when(ask('AgreeToLowerRisk', { proposalId: 'proposal' }, { actor: both }))
        .thenRefused('TwoPersonRule proposalId');
    },
  ],
  [
    'GR-AI',
    'definitions and commands/transition.ts: the program alone takes no step',
    () => {
      for (const [, { definition }] of shipped) {
        for (const { id, roles } of definition.transitions) expect([id, roles]).not.toEqual([id, ['SYSTEM']]);
      }
      const refused = given(...assessed()).when(step('T02', { reason: 'x' }, { actor: system }));
      refused.thenRefused('RoleNotAllowed T02');
    },
  ],
  [
    'GR-LANG',
    'lint/texts.ts: no text without Khmer is published',
    () => {
      const { definition, common } = shipped[0]![1];
      const untranslated = { ...definition, title: { ...definition.title, km: 'English' } };
      expect(lintDefinition(untranslated, common).map(({ code }) => code)).toContain('text-untranslated');
      for (const { gates } of pathways.all().map((each) => each.definition)) {
        for (const { outcomes, notices } of Object.values(gates)) {
          expect(Object.keys(notices).sort()).toEqual(Object.keys(outcomes).sort());
        }
      }
    },
  ],
  [
    'GR-SMALL',
    'reports/small-numbers.ts: a small cell is left out, and what would give it away',
    () => {
      expect([isSmall(4), isSmall(5)]).toEqual([true, false]);
      const cells = new Map([
        ['all', { count: 20 }],
        ['here', { count: 3 }],
        ['there', { count: 17 }],
      ]);
      const line = { total: 'all', parts: ['here', 'there'] };
      expect(suppressed(cells, [line]).size).toBeGreaterThan(1);
    },
  ],
  [
    'GR-SYNC',
    'commands/referrals.ts: nothing is sent without the consent that covers its receiver',
    () => {
      given(openCase(), draft()).when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
      given(openCase(), sharingWith('elsewhere'), draft()).when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
    },
  ],
  [
    'GR-STATUS',
    'commands/open.ts: a case needs no nationality and no document of the child',
    () => {
      const { status } = given(openCase({ facts: {} }, { at: plus(START, 'PT1H', 'UTC') })).state;
      expect(status).toBe('known');
    },
  ],
];

describe('pathways, section 6', () => {
  it.each(rules)('%s is enforced by %s', (_, __, lacking) => lacking());
});

/** One protection less than the definition has: as whoever edits its file might leave it. */
function* weakened(definition: PathwayDefinition): Generator<PathwayDefinition> {
  for (const [index, transition] of definition.transitions.entries()) {
    const without = (part: 'guards' | 'documents' | 'consents', left: number) => ({
      ...definition,
      transitions: definition.transitions.with(index, {
        ...transition,
        [part]: transition[part].filter((_, each) => each !== left),
      }),
    });
    for (const part of ['guards', 'documents', 'consents'] as const) {
      // Asked for twice, under different conditions, a paper is only taken away with the second one.
      const names = transition[part].map((each) => ('id' in each ? each.id : 'kind' in each ? each.kind : each.code));
      for (const left of names.keys())
        if (names.filter((each) => each === names[left]).length === 1) yield without(part, left);
    }
  }
  for (const [id, gate] of Object.entries(definition.gates)) {
    const { quorum, ...withoutQuorum } = gate;
    const { at, ...anywhere } = gate;
    if (quorum !== undefined) yield { ...definition, gates: { ...definition.gates, [id]: withoutQuorum } };
    if (at !== undefined) yield { ...definition, gates: { ...definition.gates, [id]: anywhere } };
    if (gate.views === 'required') {
      yield { ...definition, gates: { ...definition.gates, [id]: { ...gate, views: 'none' } } };
    }
  }
}

describe.each(shipped)('what protects a child in %s', (_, pathway) => {
  it('is not taken away by a new version that nobody approved', () => {
    const all = [...weakened(pathway.definition)];
    expect(all.length).toBeGreaterThan(guardsOf(pathway).length);
    for (const next of all) {
      expect(lintChange(pathway.definition, next).map(({ code }) => code)).toContain('safety-removed');
    }
  });
});
