import { cambodia, isLocalDate, localDateOf, plus, startOfDay, type Instant } from '#libs/calendar';
import type { DeadlineStatus } from '#libs/cases';
import { Impossible } from '../impossible.js';
import { recordFact } from '../records.js';
import type { Rehearsal } from '../rehearsal.js';
import type { Satisfiers, Scene } from '../scene.js';

/** More than any ladder of duties needs, and an end to going in circles. */
const MOST_ANSWERS = 20;

/** What has run out, and what has lasted long enough: duties are done, and time passes. */
export const clockSatisfiers: Satisfiers<
  'noDeadlineOpen' | 'noDeadlineOverdue' | 'deadlinePassed' | 'deadlineArmed' | 'elapsed' | 'factWithin'
> = {
  noDeadlineOpen: ({ ids = [], ladders = [] }, scene, wanted) => {
    if (!wanted) throw new Impossible('a deadline begins by its own rules');
    answerAll(scene, (each) => ids.includes(each.definition) || ladders.includes(each.ladder));
  },
  noDeadlineOverdue: ({ ids }, scene, wanted) => {
    if (!wanted) throw new Impossible('nobody is late on purpose');
    answerAll(scene, ({ definition, dueAt }) => ids.includes(definition) && dueAt <= scene.rehearsal.now);
  },
  deadlinePassed: ({ ids }, scene, wanted) => {
    const armed = open(scene.rehearsal).find(({ definition }) => ids.includes(definition));
    if (!wanted || armed === undefined) throw new Impossible('no such deadline is running');
    scene.passTo(plus(armed.dueAt, 'PT1H', cambodia.zone));
  },
  deadlineArmed: () => {
    throw new Impossible('a deadline begins by its own rules');
  },
  elapsed: ({ since, atLeast, lessThan }, scene, wanted) => {
    const start = startOf(since, scene.rehearsal);
    const until = wanted ? atLeast : lessThan;
    if (start === undefined || until === undefined) throw new Impossible('time does not run backwards');
    scene.passTo(plus(plus(start, until, cambodia.zone), 'PT5H', cambodia.zone));
  },
  factWithin: ({ name, ahead }, scene, wanted) => {
    if (!wanted) throw new Impossible('time does not run backwards');
    const { rehearsal } = scene;
    const value = rehearsal.state.facts[name];
    const known = typeof value === 'string' && isLocalDate(value) ? startOfDay(value, cambodia.zone) : undefined;
    const waited =
      known !== undefined &&
      rehearsal.attempt(() => scene.passTo(plus(plus(known, `-${ahead}`, cambodia.zone), 'P3D', cambodia.zone)));
    if (!waited) recordFact(rehearsal, name, localDateOf(rehearsal.later('P60D'), cambodia.zone));
  },
};

/** What is not asked for yet is waited for. */
function answerAll(scene: Scene, concerned: (deadline: DeadlineStatus) => boolean): void {
  for (let count = 0; count < MOST_ANSWERS; count += 1) {
    const [next] = open(scene.rehearsal).filter(concerned);
    if (next === undefined) return;
    if (next.occurrence > 1) scene.passTo(plus(next.windowFrom, 'PT3H', cambodia.zone));
    scene.answer(next);
  }
  throw new Impossible('a duty that never ends');
}

function open({ state }: Rehearsal): DeadlineStatus[] {
  return Object.values(state.deadlines)
    .filter(({ status }) => status === 'armed')
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
}

function startOf(since: 'entry' | string[], { state }: Rehearsal): Instant | undefined {
  if (since === 'entry') return state.enrolment?.entry.at;
  return state.enrolment?.taken.filter(({ transition }) => since.includes(transition)).at(-1)?.at;
}
