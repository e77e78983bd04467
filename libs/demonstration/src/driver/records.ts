import { localDateOf, plus } from '#libs/calendar';
import type { Actor, CaseCommandData, ConsentGiver } from '#libs/cases';
import type { ContactKind, FactValue, RiskLevel } from '#libs/pathways';
import { someValue } from '../circumstances.js';
import { words } from '../words.js';
import { Impossible } from './impossible.js';
import type { Rehearsal } from './rehearsal.js';
import { receivingAgencies, somebody } from './team.js';

/** Whoever keeps the file: the owner, or somebody like them where the owner may not. */
export function scribe({ team, state }: Rehearsal): Actor {
  return somebody(team.owner.roles, team, state);
}

export function recordFact(rehearsal: Rehearsal, name: string, value?: FactValue): void {
  const fact = rehearsal.pathway.definition.facts[name];
  if (fact === undefined) throw new Impossible(`no fact ${name}`);
  const { random, child, now, state } = rehearsal;
  const recorded = value ?? someValue(name, fact, { random, child, now }, state.facts[name]);
  if (recorded === undefined) throw new Impossible(`no other value of ${name}`);
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'RecordFacts', { facts: { [name]: recorded } });
}

/** A document with the points of its assessment, if it has any: all good, or all as weak as can be. */
export function recordDocument(rehearsal: Rehearsal, code: string, assessment: 'good' | 'weak' = 'good'): void {
  const { random, pathway } = rehearsal;
  const score = Object.values(pathway.definition.scores).find(({ document }) => document === code);
  const points = score && (assessment === 'weak' ? score.minimum : Math.max(score.maximum - 1, score.minimum));
  const scores =
    score &&
    Object.fromEntries(
      Object.entries(score.parts).map(([part, { items }]) => [
        part,
        Object.fromEntries(Object.keys(items).map((item) => [item, points as number])),
      ]),
    );
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'RecordDocument', {
    documentId: random.id(),
    code,
    text: words.document,
    ...(scores === undefined ? {} : { scores }),
  });
}

export function addNote(rehearsal: Rehearsal, kind: string): void {
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'AddNote', { noteId: rehearsal.random.id(), kind, text: words.note });
}

/** @param occurredAt when it took place; absent: just now */
export function recordContact(rehearsal: Rehearsal, kind: ContactKind, occurredAt?: string): void {
  rehearsal.tick();
  rehearsal.ask(
    scribe(rehearsal),
    'RecordContact',
    {
      contactId: rehearsal.random.id(),
      kind,
      reached: kind !== 'ATTEMPT',
      withWhom: 'child',
      seenAlone: true,
      text: words.contact,
    },
    occurredAt,
  );
}

/** Sets or confirms the level; a supervisor agrees where it is lowered. */
export function setRisk(rehearsal: Rehearsal, level: RiskLevel): void {
  const worker = scribe(rehearsal);
  const agreedBy = somebody(['NGO_SUP', 'PDOSVY_SUP'], rehearsal.team, rehearsal.state, [worker.id]).id;
  rehearsal.tick();
  rehearsal.ask(worker, 'SetRiskLevel', { level, reason: words.reason, agreedBy });
}

/** @param recipient whom things are shared with; chosen where the kind of consent needs one */
export function giveConsent(rehearsal: Rehearsal, kind: string, recipient?: string): void {
  const { random, child, state } = rehearsal;
  const sharedWith = kind === 'CONSENT_SHARING' ? (recipient ?? random.pick(receivingAgencies(state))) : undefined;
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'GiveConsent', {
    consentId: random.id(),
    kind,
    giver: giverOf(kind, child.age),
    manner: random.pick(['signature', 'thumbprint', 'thumbprint', 'witnessed_verbal'] as const),
    language: 'km',
    ...(sharedWith === undefined ? {} : { recipient: sharedWith, purpose: 'service' }),
  });
}

/** Children of 15 consent for themselves; younger ones assent, and an adult consents (pathways 1.6). */
function giverOf(kind: string, age: number): ConsentGiver {
  if (kind.startsWith('CHILD_')) return 'child';
  if (kind.startsWith('CAREGIVER_')) return 'caregiver';
  return age >= 15 ? 'child' : 'caregiver';
}

/** Guardian-consent exceptions and how often each is the reason (assumed). Those of danger block the caregiver. */
const exceptions = [
  ['EX1', 5],
  ['EX2', 4],
  ['EX3', 3],
  ['EX4', 2],
  ['EX5', 2],
] as const;
const caregiverIsDanger: readonly string[] = ['EX1', 'EX2', 'EX3'];

export function recordException(rehearsal: Rehearsal, kind: string): void {
  const { random, now } = rehearsal;
  const code = random.weighted(exceptions);
  const data: CaseCommandData['RecordConsentException'] = {
    exceptionId: random.id(),
    code,
    kinds: [kind],
    reason: words.reason,
    reaskOn: localDateOf(plus(now, 'P60D', 'UTC'), 'UTC'),
    ...(caregiverIsDanger.includes(code) ? { blocked: { blockId: random.id(), who: 'caregiver' } } : {}),
  };
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'RecordConsentException', data);
}
