import { demonstrationStaff, draftReferral, Impossible, proposedDecision, scribe } from '#libs/demonstration';
import { somebody, words, type Rehearsal } from '#libs/demonstration';
import type { GateDefinition } from '#libs/pathways';

/** Things that people try although they must not, each with how often before a step (assumed). The core says no. */
const mistakes: readonly (readonly [share: number, (rehearsal: Rehearsal) => void])[] = [
  [0.4, decideAlone],
  [0.15, decideOnOwnSubmission],
  [0.1, shareWithoutConsent],
  [0.05, pauseWhatRunsOn],
  [0.05, approveOwnException],
];

export function makeMistakes(rehearsal: Rehearsal): void {
  for (const [share, make] of mistakes) {
    if (rehearsal.random.chance(share)) rehearsal.attempt(() => make(rehearsal));
  }
}

/** The chair decides with nobody else at the table. */
function decideAlone(rehearsal: Rehearsal): void {
  const gate = gateHere(rehearsal, ({ quorum }) => quorum !== undefined);
  const { decider, decision } = proposedDecision(rehearsal, outcomeOf(rehearsal, gate));
  rehearsal.ask(decider, 'RecordDecision', { ...decision, members: decision.members.slice(0, 1) });
}

function decideOnOwnSubmission(rehearsal: Rehearsal): void {
  const gate = gateHere(rehearsal, ({ views }) => views !== 'none');
  const submitter = demonstrationStaff.find(({ id }) => id === rehearsal.state.enrolment?.entry.by);
  if (submitter === undefined) throw new Impossible('the program itself brought the case here');
  const { decision } = proposedDecision(rehearsal, outcomeOf(rehearsal, gate));
  const { id, roles, agency } = submitter;
  const member = { id, agency, role: roles[0] ?? '', chair: true, vote: 'for' as const };
  rehearsal.ask(submitter, 'RecordDecision', { ...decision, members: [member, ...decision.members.slice(1)] });
}

function shareWithoutConsent(rehearsal: Rehearsal): void {
  const referralId = draftReferral(rehearsal, 'service');
  rehearsal.ask(scribe(rehearsal), 'SendReferral', { referralId });
}

/** Safety, custody and clinical windows run through nights and days off. */
function pauseWhatRunsOn(rehearsal: Rehearsal): void {
  const running = Object.values(rehearsal.state.deadlines).find(
    ({ status, clock }) => status === 'armed' && clock === 'wall',
  );
  if (running === undefined) throw new Impossible('no such clock is running');
  const until = rehearsal.later('P5D');
  const supervisor = somebody(['NGO_SUP', 'PDOSVY_SUP'], rehearsal.team);
  rehearsal.ask(supervisor, 'PauseDeadline', { deadline: running.deadline, until, reason: words.reason });
}

function approveOwnException(rehearsal: Rehearsal): void {
  const open = rehearsal.state.exceptions.find(({ approvedBy, ended }) => approvedBy === undefined && !ended);
  const recorder = demonstrationStaff.find(({ id }) => id === open?.by);
  if (open === undefined || recorder === undefined) throw new Impossible('no exception is waiting');
  rehearsal.ask(recorder, 'ApproveConsentException', { exceptionId: open.exceptionId });
}

function gateHere({ pathway, present = '' }: Rehearsal, fits: (gate: GateDefinition) => boolean): GateDefinition {
  const gate = Object.values(pathway.definition.gates).find(
    (each) => each.at?.includes(present) === true && fits(each),
  );
  if (gate === undefined) throw new Impossible('nothing is decided here');
  return gate;
}

/** One for which a panel has to sit. */
function outcomeOf({ random }: Rehearsal, { outcomes, withoutPanel = [] }: GateDefinition): string {
  return random.pick(Object.keys(outcomes).filter((outcome) => !withoutPanel.includes(outcome)));
}
