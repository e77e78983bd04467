import { describe, expect, it } from '@jest/globals';
import type { Actor, DecisionInput, Outcome } from '#libs/cases';
import { recordDecision, type Rehearsal } from '#libs/demonstration';
import type { GateDefinition } from '#libs/pathways';
import { shipped, visitStates } from './rehearsing.js';

/** A decision that the program took, and the case as it was before. */
interface Taken {
  before: Rehearsal;
  gate: GateDefinition;
  decision: DecisionInput;
  by: Actor;
}

/** Of the places at which an outcome is decided, as many as are looked at. */
const OF_EACH_OUTCOME = 4;

/** Every outcome of every gate, decided as it should be, wherever a case can come to. */
function decisionsIn([, pathway]: (typeof shipped)[number]): Taken[] {
  const taken: Taken[] = [];
  const gates = Object.values(pathway.definition.gates);
  visitStates(pathway, (visited) => {
    for (const gate of gates.filter(({ at }) => at?.includes(visited.present ?? '') ?? true)) {
      for (const outcome of Object.keys(gate.outcomes)) {
        if (taken.filter(({ decision }) => decision.outcome === outcome).length >= OF_EACH_OUTCOME) continue;
        const one = decideOnce(visited, gate, outcome);
        if (one !== undefined) taken.push(one);
      }
    }
  });
  return taken;
}

function decideOnce(visited: Rehearsal, gate: GateDefinition, outcome: string): Taken | undefined {
  const rehearsal = visited.copy(outcome);
  const carries = rehearsal.pathway.definition.transitions.find(({ decision }) => decision === outcome);
  if (!rehearsal.attempt(() => recordDecision(rehearsal, outcome, carries))) return undefined;
  const { actor, command } = rehearsal.requests.at(-1)!;
  const before = visited.copy('before');
  before.now = rehearsal.now;
  return { before, gate, decision: command.data as DecisionInput, by: actor };
}

/** The same decision with a fault, by itself and together with the step that carries it out. */
function refusalsOf({ before, decision, by }: Taken, fault: Partial<DecisionInput>, actor = by): string[][] {
  const faulty = { ...decision, ...fault };
  const steps = before.pathway.definition.transitions.filter(
    (step) => step.decision === decision.outcome && step.from.includes(before.present ?? ''),
  );
  const alone = before.copy('alone').propose(actor, 'RecordDecision', faulty);
  const carried = steps.map(({ id }) =>
    before.copy(id).propose(actor, 'TakeTransition', { transition: id, attestations: [], decision: faulty }),
  );
  return [alone, ...carried].map(codesOf);
}

const codesOf = (outcome: Outcome): string[] =>
  outcome.ok ? ['accepted'] : outcome.refusal.unmet.map(({ code }) => code);

describe.each(shipped)('SR-06: no decision of %s is ever accepted', (...pathway) => {
  const taken = decisionsIn(pathway);
  const ofPanels = taken.filter(
    ({ gate, decision }) => gate.quorum !== undefined && gate.withoutPanel?.includes(decision.outcome) !== true,
  );
  const withViews = taken.filter(({ gate }) => gate.views === 'required');

  it('and yet every outcome of every gate can be decided', () => {
    const outcomes = Object.values(pathway[1].definition.gates).flatMap((gate) => Object.keys(gate.outcomes));
    const decided = new Set(taken.map(({ decision }) => decision.outcome));
    expect(outcomes.filter((outcome) => !decided.has(outcome))).toEqual([]);
    for (const each of taken) expect(refusalsOf(each, {})[0]).toEqual(['accepted']);
  });

  it('without reasons', () => {
    for (const each of taken) {
      for (const codes of refusalsOf(each, { reasons: ' ' })) expect(codes).toContain('FieldInvalid');
    }
  });

  it("without the child's views, where they are due", () => {
    for (const each of withViews) {
      for (const views of [
        { sought: 'not_applicable' as const },
        { sought: 'language' as const, said: 'no', followed: false },
      ]) {
        for (const codes of refusalsOf(each, { views })) expect(codes).toContain('ViewsMissing');
      }
    }
  });

  it('without a quorum, a chair, or members whom the directory knows', () => {
    for (const each of ofPanels) {
      const { members } = each.decision;
      const faults = [
        members.slice(0, each.gate.quorum! - 1),
        members.map((member) => ({ ...member, chair: false })),
        members.map((member) => ({ ...member, vote: 'none' as const })),
        members.map(() => members[0]!),
      ];
      for (const fault of faults) {
        for (const codes of refusalsOf(each, { members: fault })) expect(codes).toContain('QuorumMissing');
      }
      const made = members.map((member, index) => ({ ...member, id: `stranger-${index}` }));
      for (const codes of refusalsOf(each, { members: made })) expect(codes).toContain('NotFound');
    }
  });

  it('by whoever submitted the case, or with their vote', () => {
    const submitted = taken.filter(({ gate }) => gate.views !== 'none' && gate.at !== undefined);
    expect(submitted.length).toBeGreaterThan(0);
    for (const each of submitted) {
      const submitter = each.before.state.enrolment?.entry.by ?? '';
      const actor = { ...each.by, id: submitter };
      for (const codes of refusalsOf(each, {}, actor)) expect(codes).toContain('TwoPersonRule');
      const voting = [...each.decision.members, { ...each.decision.members[0]!, id: submitter, chair: false }];
      for (const codes of refusalsOf(each, { members: voting })) expect(codes).toContain('TwoPersonRule');
    }
  });

  it('by somebody who does not decide at the gate', () => {
    const nobody: Actor = { id: 'somebody-else', roles: ['AUDITOR'], agency: 'mosvy' };
    for (const each of taken) {
      for (const codes of refusalsOf(each, {}, nobody)) expect(codes).toContain('RoleNotAllowed');
    }
  });
});
