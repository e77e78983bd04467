import { between, type Instant } from '#libs/calendar';
import type { DeadlineStatus, ReferralStatus } from '#libs/cases';
import { waysToAnswer } from './duties.js';
import type { Rehearsal } from './rehearsal.js';
import type { Scene } from './scene.js';
import { doneAt } from './timing.js';

/** Duties that nobody ever gets round to (assumed). */
const NEVER_DONE = 0.06;
/** Referrals that nobody has answered when their time is over (assumed). */
const UNANSWERED = 0.13;

interface Item {
  at: Instant;
  run: () => void;
}

/** Lets time pass until a moment: people do their duties early or late, services begin and end, alarms ring. */
export function passTo(scene: Scene, until: Instant): void {
  const { rehearsal } = scene;
  if (!rehearsal.dutiful) return rehearsal.moveTo(until);
  for (let next = earliest(scene, until); next !== undefined; next = earliest(scene, until)) {
    rehearsal.moveTo(next.at);
    next.run();
  }
  rehearsal.moveTo(until);
}

function earliest(scene: Scene, until: Instant): Item | undefined {
  const { rehearsal } = scene;
  let first: Item | undefined;
  for (const item of [...duties(scene), ...errands(rehearsal)]) {
    if (item.at <= until && (first === undefined || item.at < first.at)) first = item;
  }
  return first;
}

/** Each duty is done once at most; what can't be done when its time comes is left. */
function duties(scene: Scene): Item[] {
  const { rehearsal } = scene;
  return armed(rehearsal).flatMap((deadline) => {
    const at = plannedFor(rehearsal, deadline);
    if (at === undefined) return [];
    const run = () => {
      rehearsal.duties.set(deadline.deadline, undefined);
      rehearsal.attempt(() => {
        scene.answer(deadline);
      });
    };
    return [{ at, run }];
  });
}

function plannedFor(rehearsal: Rehearsal, deadline: DeadlineStatus): Instant | undefined {
  const { duties: plans, random, now } = rehearsal;
  const { deadline: key, windowFrom, dueAt } = deadline;
  if (!plans.has(key)) {
    const from = windowFrom > now ? windowFrom : now;
    const possible = waysToAnswer(deadline, rehearsal).length > 0;
    plans.set(key, possible ? planFor(deadline, rehearsal, () => doneAt(random, from, dueAt)) : undefined);
  }
  return plans.get(key);
}

/** Whoever is asked for a service either answers in time or not at all; what people have to do themselves may be late. */
function planFor(
  { subject = '', dueAt }: DeadlineStatus,
  { state, random, now }: Rehearsal,
  usual: () => Instant,
): Instant | undefined {
  if (!isUnanswered(state.referrals[subject])) return random.chance(NEVER_DONE) ? undefined : usual();
  return random.chance(UNANSWERED) || dueAt <= now ? undefined : between(now, dueAt, random.between(0.1, 0.9));
}

const isUnanswered = (referral: ReferralStatus | undefined): boolean =>
  referral?.state === 'SENT' || referral?.state === 'ACKNOWLEDGED';

function errands(rehearsal: Rehearsal): Item[] {
  return rehearsal.errands.map((errand) => ({
    at: errand.at,
    run: () => {
      rehearsal.errands = rehearsal.errands.filter((each) => each !== errand);
      rehearsal.attempt(() => {
        errand.run(rehearsal);
      });
    },
  }));
}

function armed({ state }: Rehearsal): DeadlineStatus[] {
  return Object.values(state.deadlines).filter(({ status }) => status === 'armed');
}
