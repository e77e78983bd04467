import { between, plus } from '#libs/calendar';
import { deadlineDefinitions, type DeadlineStatus } from '#libs/cases';
import type { Trigger } from '#libs/pathways';
import { Impossible } from './impossible.js';
import { approveException, giveConsent, reviewException } from './consents.js';
import { addNote, recordContact, recordDocument, recordFact } from './records.js';
import { answerReferral, referElsewhere, referralOf } from './referrals.js';
import type { Rehearsal } from './rehearsal.js';
import type { Scene } from './scene.js';

/** What people can do to end a deadline, other than taking a step of the case; renewals come first. */
export function waysToAnswer({ definition: id }: DeadlineStatus, rehearsal: Rehearsal): Trigger[] {
  const definition = deadlineDefinitions(rehearsal.state, rehearsal.contextFor(rehearsal.team.owner)).find(
    ([each]) => each === id,
  )?.[1];
  return [...(definition?.renew ?? []), ...(definition?.stop ?? [])].filter(isDoable);
}

/** Does what the deadline waits for. @throws Impossible when nobody can. */
export function answer(scene: Scene, deadline: DeadlineStatus): void {
  const { rehearsal } = scene;
  const done = waysToAnswer(deadline, rehearsal).some((trigger) =>
    rehearsal.attempt(() => {
      pull(scene, trigger, deadline);
      if (rehearsal.state.deadlines[deadline.deadline]?.status === 'armed') throw new Impossible('it is still due');
    }),
  );
  if (!done) throw new Impossible(`${deadline.definition} ends with a step only`);
}

function isDoable({ track, fact, document, consent, exception, referral, contact, note }: Trigger): boolean {
  return (
    [track, fact, document, consent, referral, contact, note].some((each) => each !== undefined) ||
    exception === 'approved' ||
    exception === 'reviewed'
  );
}

function pull(scene: Scene, trigger: Trigger, deadline: DeadlineStatus): void {
  const { rehearsal } = scene;
  const { track, fact, document, consent, referral, contact, note, exception } = trigger;
  const { subject = '' } = deadline;
  if (track !== undefined) return pullTrack(scene, track);
  if (fact !== undefined) return recordFact(rehearsal, fact.name, fact.is);
  if (document !== undefined) return recordDocument(rehearsal, document);
  if (consent !== undefined) return giveConsent(rehearsal, consent);
  if (contact !== undefined)
    return recordContact(rehearsal, rehearsal.random.pick(contact), tookPlaceAt(rehearsal, deadline));
  if (note !== undefined) return addNote(rehearsal, note[0] ?? 'CASE_NOTE');
  if (referral !== undefined) return answerAboutReferral(rehearsal, deadline);
  if (exception === 'reviewed') return reviewException(rehearsal, subject);
  approveException(rehearsal, subject);
}

function pullTrack(scene: Scene, { id, enters, leaves }: NonNullable<Trigger['track']>): void {
  const { rehearsal } = scene;
  const states = Object.keys(rehearsal.pathway.definition.tracks[id]?.states ?? {});
  const target = enters?.[0] ?? states.find((state) => leaves?.includes(state) !== true);
  if (target === undefined) throw new Impossible(`track ${id} leads nowhere else`);
  scene.moveTrack(id, target);
}

/** A visit that was in time and written down late: common where people write on paper first. */
function tookPlaceAt({ now, random }: Rehearsal, { dueAt, windowFrom }: DeadlineStatus): string | undefined {
  const recordedSoon = plus(dueAt, 'P3D', 'UTC') > now;
  return dueAt < now && recordedSoon && random.chance(0.3) ? between(windowFrom, dueAt, 0.9) : undefined;
}

function answerAboutReferral(rehearsal: Rehearsal, { subject = '' }: DeadlineStatus): void {
  const { state } = referralOf(rehearsal, subject);
  if (state === 'SENT' || state === 'ACKNOWLEDGED') return answerReferral(rehearsal, subject);
  referElsewhere(rehearsal, subject);
}
