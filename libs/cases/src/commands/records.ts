import type { Pathway, TrackDefinition } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import { refusesMediaType } from '../content.js';
import { viewOf, type DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { afterwards } from '../evolve.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { entryVersion } from '../conditions/entry.js';
import { stopsOfMove } from '../moves/stops.js';
import { unmetGuard } from '../requirements.js';
import type { KnownCase, TrackRow } from '../state.js';
import { unmet } from '../texts.js';
import { factGuardsUnmet, factProblems } from './facts.js';
import { whenOf } from './open.js';
import { scoreProblems } from './scores.js';

export function recordDocument(
  command: CaseCommand<'RecordDocument'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { text, ...data } = command.data;
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  const problems = [
    ...(context.common.documents[data.code] === undefined ? [unmet('NotFound', 'code', data.code)] : []),
    ...(state.documents.some(({ documentId }) => documentId === data.documentId)
      ? [unmet('AlreadyExists', 'documentId')]
      : []),
    ...scoreProblems(data.code, data.scores, pathway),
    ...(data.mediaType !== undefined &&
    refusesMediaType(data.mediaType, pathway?.definition.content.refusedMediaTypes ?? [])
      ? [unmet('MediaTypeRefused', 'mediaType', data.mediaType)]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({ type: 'DocumentRecorded', data, ...narrative(text), ...whenOf(command) });
}

export function moveTrack(command: CaseCommand<'MoveTrack'>, state: KnownCase, context: DecideContext): Outcome {
  const { text, danger, ...data } = command.data;
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  const track = pathway?.definition.tracks[data.track];
  if (track === undefined) return unknown(unmet('NotFound', 'track', data.track));
  if (track.states[data.to] === undefined) return unknown(unmet('NotFound', 'to', data.to));
  if ((track.rows === 'many') !== (data.row !== undefined)) return refused(unmet('FieldInvalid', 'row'));
  if (!isListed(data.row, track)) return refused(unmet('NotFound', 'row', data.row));
  const row = state.tracks[data.track]?.find((each) => each.row === data.row);
  const view = viewOf(state, context, command.occurredAt);
  const missing = [
    ...(track.enter?.[data.to] ?? []).flatMap((guard) => unmetGuard(guard, view, attestedSince(row, state))),
    ...(track.moves?.includes(data.to) === true ? stopsOfMove(view, isGiven(danger)) : []),
  ];
  if (missing.length > 0) return refused(...missing);
  const from = row?.state;
  return accepted({
    type: 'TrackMoved',
    data: {
      ...data,
      ...(from === undefined ? {} : { from }),
      ...(isGiven(danger) ? { dangerDeclared: true as const } : {}),
    },
    ...sealedWords({ text, danger }),
    ...whenOf(command),
  });
}

/** What was declared for an earlier move of the track does not serve for the next: a second interview has its own reason. */
function attestedSince(row: TrackRow | undefined, state: KnownCase): number {
  return Math.max(entryVersion(state), row?.history.at(-1)?.version ?? 0);
}

/** A row is about one thing of the catalogue; a second one of the same kind has a number: `COUNSELLING.2`. */
function isListed(row: string | undefined, { catalogue }: TrackDefinition): boolean {
  if (row === undefined || catalogue === undefined) return true;
  return Object.hasOwn(catalogue, row.replace(/\.[2-9]$/u, ''));
}

export function recordFacts(command: CaseCommand<'RecordFacts'>, state: KnownCase, context: DecideContext): Outcome {
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  if (pathway === undefined) return conflict(unmet('WrongState', 'enrolment'));
  const changed = Object.entries(command.data.facts).filter(
    ([name, value]) => state.facts[name] !== value || isAskedAgain(name, pathway),
  );
  if (changed.length === 0) return accepted();
  const facts = Object.fromEntries(changed);
  const recorded: CaseEvent<'FactsRecorded'> = { type: 'FactsRecorded', data: { facts }, ...whenOf(command) };
  const problems = [
    ...factProblems(facts, pathway),
    ...factGuardsUnmet(facts, afterwards([recorded], state, context), context, command.occurredAt),
  ];
  return problems.length > 0 ? refused(...problems) : accepted(recorded);
}

/** Only the program itself notes this, after somebody changed the person. */
export function notePersonDetails(command: CaseCommand<'NotePersonDetails'>): Outcome {
  return accepted({ type: 'PersonDetailsNoted', data: command.data, ...whenOf(command) });
}

/** Only the program itself asks for it, after two people agreed on the child's own record. */
export function forgetChild(command: CaseCommand<'ForgetChild'>): Outcome {
  return accepted({ type: 'ChildErased', data: command.data, ...whenOf(command) });
}

/** A check that is made again is news even when it finds the same: a deadline waits for it. */
function isAskedAgain(name: string, { definition }: Pathway): boolean {
  return Object.values(definition.deadlines).some(({ renew = [] }) => renew.some(({ fact }) => fact?.name === name));
}

/** What a child admits for a diversion is sealed apart from every other note, so that it can be kept from a court. */
export function addNote(command: CaseCommand<'AddNote'>, state: KnownCase, context: DecideContext): Outcome {
  const { noteId, kind, text } = command.data;
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  const apart = pathway?.definition.content.notForEvidence?.includes(kind) === true;
  const sealed = apart ? { sealed: { not_for_evidence: { text } } } : narrative(text);
  return accepted({ type: 'NoteAdded', data: { noteId, kind }, ...sealed, ...whenOf(command) });
}

/** Before any contact the safe-contact rules are looked at (GR-CONTACT): a blocked number is never used. */
export function recordContact(command: CaseCommand<'RecordContact'>, state: KnownCase): Outcome {
  const { text, token, ...data } = command.data;
  if (token !== undefined && state.blocks.some((block) => block.token === token)) {
    return refused(unmet('ContactBlocked', 'phone'));
  }
  return accepted({ type: 'ContactRecorded', data, ...narrative(text), ...whenOf(command) });
}

export function blockContact(command: CaseCommand<'BlockContact'>): Outcome {
  const { name, phone, ...data } = command.data;
  return accepted({
    type: 'ContactBlocked',
    data,
    sealed: { perpetrator: { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) } },
    ...whenOf(command),
  });
}

export function declareConflict(command: CaseCommand<'DeclareConflict'>): Outcome {
  const { reason, ...data } = command.data;
  return accepted({
    type: 'ConflictDeclared',
    data,
    sealed: { perpetrator: { reason } },
    ...whenOf(command),
  });
}

/** Words written by people are sealed as narrative. */
export function narrative(text: string | undefined): Pick<CaseEvent, 'sealed'> | Record<string, never> {
  return sealedWords({ text });
}

export const isGiven = (words: string | undefined): boolean => (words ?? '').trim() !== '';

export function sealedWords(
  words: Record<string, string | undefined>,
): Pick<CaseEvent, 'sealed'> | Record<string, never> {
  const said = Object.entries(words).filter(([, text]) => text !== undefined);
  return said.length === 0 ? {} : { sealed: { narrative: Object.fromEntries(said) } };
}
