import type { Actor } from '#libs/cases';
import type { ContactKind, FactValue, RiskLevel } from '#libs/pathways';
import { someValue } from '../circumstances.js';
import { words } from '../words.js';
import { Impossible } from './impossible.js';
import type { Rehearsal } from './rehearsal.js';
import { somebody } from './team.js';

/** Whoever keeps the file: the owner, or somebody like them where the owner may not. */
export function scribe({ team, state }: Rehearsal): Actor {
  return somebody(team.owner.roles, team, state);
}

export function recordFact(rehearsal: Rehearsal, name: string, value?: FactValue): void {
  const fact = rehearsal.pathway.definition.facts[name];
  if (fact === undefined) throw new Impossible(`no fact ${name}`);
  const { random, child, now, state } = rehearsal;
  const recorded = value ?? someValue(name, fact, { random, child, now, known: state.facts }, state.facts[name]);
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

/** Sets or confirms the level; where it is lowered, a supervisor agrees once the review is written up. */
export function setRisk(rehearsal: Rehearsal, level: RiskLevel): void {
  const worker = scribe(rehearsal);
  const proposalId = rehearsal.random.id();
  rehearsal.tick();
  rehearsal.ask(worker, 'SetRiskLevel', { level, reason: words.reason, proposalId });
  if (rehearsal.state.risk?.level === level) return;
  recordDocument(rehearsal, 'REVIEW_REPORT');
  const supervisor = somebody(['NGO_SUP', 'PDOSVY_SUP'], rehearsal.team, rehearsal.state, [worker.id]);
  rehearsal.tick();
  rehearsal.ask(supervisor, 'AgreeToLowerRisk', { proposalId, reason: words.reason });
}
