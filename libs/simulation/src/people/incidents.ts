import { cambodia, plus } from '#libs/calendar';
import type { CaseCommandData, CaseCommandType, DeadlineStatus } from '#libs/cases';
import { Impossible, Play, scribe, setRisk, somebody, system, words, type Rehearsal } from '#libs/demonstration';

/** Something that comes between, in the life of a case. */
export interface Incident {
  /** How often in a year of a case (assumed). */
  perYear: number;
  /** @throws Impossible where there is no occasion for it. */
  run: (rehearsal: Rehearsal) => void;
}

const SUPERVISORS = ['NGO_SUP', 'PDOSVY_SUP'];

/** What people and circumstances do to a case besides its steps. */
export const incidents: readonly Incident[] = [
  { perYear: 0.5, run: (rehearsal) => setRisk(rehearsal, 'high') },
  { perYear: 0.3, run: (rehearsal) => setRisk(rehearsal, 'medium') },
  { perYear: 12, run: pause },
  { perYear: 1, run: extend },
  { perYear: 0.4, run: withdraw },
  { perYear: 0.8, run: loseLiberty },
  { perYear: 0.8, run: regainLiberty },
  { perYear: 0.3, run: askForReview },
  { perYear: 0.3, run: giveFeedback },
  { perYear: 0.3, run: handOver },
  // Whatever the wake-ups did already, the worker's sweep asks for again.
  { perYear: 8, run: sweep },
];

/** Somebody who supervises stops a clock of working days, and in half of the cases lets it go on early. */
function pause(rehearsal: Rehearsal): void {
  const { random } = rehearsal;
  const { deadline } = random.pick(
    openOf(rehearsal, ({ clock, dueAt, paused }) => clock === 'working' && dueAt > rehearsal.now && !paused),
  );
  const until = rehearsal.later(`P${random.integer(2, 25)}D`);
  rehearsal.ask(somebody(SUPERVISORS, rehearsal.team), 'PauseDeadline', { deadline, until, reason: words.reason });
  if (random.chance(0.5)) {
    then(rehearsal, random.integer(1, 10), (later) =>
      later.ask(somebody(SUPERVISORS, later.team), 'ResumeDeadline', { deadline }),
    );
  }
}

function extend(rehearsal: Rehearsal): void {
  const { deadline, dueAt } = rehearsal.random.pick(openOf(rehearsal, ({ extended }) => !extended));
  const from = dueAt > rehearsal.now ? dueAt : rehearsal.now;
  const until = plus(from, `P${rehearsal.random.integer(2, 20)}D`, cambodia.zone);
  rehearsal.ask(somebody(SUPERVISORS, rehearsal.team), 'ExtendDeadline', { deadline, until, reason: words.reason });
}

function withdraw(rehearsal: Rehearsal): void {
  const given = rehearsal.state.consents.filter(({ withdrawn }) => !withdrawn);
  const { consentId, giver } = pickFrom(rehearsal, given);
  rehearsal.ask(scribe(rehearsal), 'WithdrawConsent', { consentId, giver, text: words.reason });
}

function loseLiberty(rehearsal: Rehearsal): void {
  moveLiberty(rehearsal, true);
}

function regainLiberty(rehearsal: Rehearsal): void {
  moveLiberty(rehearsal, false);
}

/** Arrested, or let go, whatever the steps of the case had planned. */
function moveLiberty(rehearsal: Rehearsal, detained: boolean): void {
  const { tracks } = rehearsal.pathway.definition;
  const [track, { states, detaining = [] }] = pickFrom(
    rehearsal,
    Object.entries(tracks).filter(([, definition]) => definition.detaining !== undefined),
  );
  const present = rehearsal.state.tracks[track]?.[0]?.state ?? '';
  const others = Object.keys(states).filter((state) => state !== present && detaining.includes(state) === detained);
  new Play(rehearsal).moveTrack(track, pickFrom(rehearsal, others));
}

/** The child does not agree with a decision; somebody with no part in it looks at it again. */
function askForReview(rehearsal: Rehearsal): void {
  const { decisionId } = pickFrom(rehearsal, rehearsal.state.decisions);
  const reviewId = rehearsal.random.id();
  rehearsal.ask(scribe(rehearsal), 'FileReview', { reviewId, decisionId, by: 'child', channel: 'helpline' });
  const bySupervisor = <T extends CaseCommandType>(days: number, type: T, data: CaseCommandData[T]): void =>
    then(rehearsal, days, (later) => later.ask(somebody(SUPERVISORS, later.team, later.state), type, data));
  bySupervisor(rehearsal.random.integer(0, 4), 'AcknowledgeReview', { reviewId });
  bySupervisor(5, 'TakeUpReview', { reviewId });
  bySupervisor(rehearsal.random.integer(6, 20), 'DecideReview', {
    reviewId,
    outcome: 'DISMISSED',
    reasons: words.reason,
    noticeGiven: true,
  });
}

function giveFeedback(rehearsal: Rehearsal): void {
  const feedbackId = rehearsal.random.id();
  rehearsal.ask(scribe(rehearsal), 'ReceiveFeedback', { feedbackId, by: 'child', channel: 'voice', text: words.said });
  then(rehearsal, rehearsal.random.integer(2, 25), (later) =>
    later.ask(scribe(later), 'AnswerFeedback', { feedbackId, text: words.note }),
  );
}

/** A colleague takes the case over. */
function handOver(rehearsal: Rehearsal): void {
  const { team, state } = rehearsal;
  const { id, agency } = somebody(team.owner.roles, team, state, [state.owner ?? '']);
  rehearsal.ask(somebody(SUPERVISORS, team, state), 'AssignCase', { owner: id, agency });
}

function sweep(rehearsal: Rehearsal): void {
  for (const { deadline } of openOf(rehearsal, () => true)) rehearsal.ask(system, 'ReachRungs', { deadline });
}

function openOf({ state }: Rehearsal, fits: (deadline: DeadlineStatus) => boolean): DeadlineStatus[] {
  const open = Object.values(state.deadlines).filter((each) => each.status === 'armed' && fits(each));
  if (open.length === 0) throw new Impossible('no such deadline is running');
  return open;
}

function pickFrom<T>({ random }: Rehearsal, options: readonly T[]): T {
  if (options.length === 0) throw new Impossible('there is nothing of the kind');
  return random.pick(options);
}

function then(rehearsal: Rehearsal, days: number, run: (later: Rehearsal) => void): void {
  rehearsal.errands.push({ at: rehearsal.later(`P${days}DT${rehearsal.random.integer(1, 9)}H`), run });
}
