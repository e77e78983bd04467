import fc from 'fast-check';
import { cambodia } from '#libs/calendar';
import { decide, fold, noCase, type CaseCommandData, type CaseState, type Recorded } from '#libs/cases';
import { anyCommand, type Surprise } from './any-command.js';
import { ask, contextIn, START, system, type Asked, type World } from './case-specification.js';
import { after, closed, draft, openCase, sent, sharingWith, submitted, supported } from './case-stories.js';

export const world: World = { birthDate: '2021-06-15', calendar: cambodia };

const unassigned: CaseCommandData['ReceiveRecord'] = {
  system: 'oscar',
  digest: 'first',
  identifiers: {},
  facts: {},
  sealed: {},
  risk: 'high',
  referrals: [],
  open: { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true },
};

/** What a random story came to: every command tried in turn, refused or not, and the state after each. */
export interface Told {
  history: Recorded[];
  states: CaseState[];
}

export type Turn = Asked & { alarm?: boolean };

export function tell(asked: readonly Turn[]): Told {
  const told: Told = { history: [], states: [] };
  let state: CaseState = noCase;
  const take = ({ command, actor, now }: Asked): void => {
    const outcome = decide(command, state, contextIn(world, actor, now));
    const recorded = outcome.ok ? outcome.events.map((event) => ({ event, by: actor.id, recordedAt: now })) : [];
    state = fold(recorded, state);
    told.history.push(...recorded);
    told.states.push(state);
  };
  for (const each of asked) {
    if (each.alarm === true) alarms(state, each.now).forEach(take);
    take(each);
  }
  return told;
}

/** What a sweep over the open deadlines asks for. */
function alarms(state: CaseState, at: string): Asked[] {
  if (state.status === 'none') return [];
  return Object.values(state.deadlines)
    .filter(({ status }) => status === 'armed')
    .map(({ deadline }) => ask('ReachRungs', { deadline }, { actor: system, at }));
}

/** How far a case has come before chance takes over: it would seldom find the way through a whole pathway. */
const beginnings = [
  [openCase({ facts: { arrivedAt: START } })],
  [ask('ReceiveRecord', unassigned)],
  supported(),
  closed(),
  [...submitted(), sharingWith('clinic', {}, 'consent-1'), draft(), sent()],
];

/** Random commands in the order in which the system learns of them, some late, some nonsense, ids often the same. */
export const randomStory = fc
  .tuple(fc.constantFrom(...beginnings), fc.array(anyCommand, { minLength: 10, maxLength: 40, size: 'max' }))
  .map(([beginning, surprises]): Turn[] => [...beginning, ...inOrder(surprises)]);

function inOrder(surprises: readonly Surprise[]): Turn[] {
  let hours = 0;
  return surprises.map(({ asked, wait, alarm }) => {
    hours += wait;
    const now = after({ hours });
    const { occurredAt } = asked.command;
    return { ...asked, now, alarm, command: { ...asked.command, occurredAt: occurredAt > now ? now : occurredAt } };
  });
}

/** Tries a law on random stories. */
export const holdsFor = (law: (told: Told, asked: readonly Turn[]) => void, runs = 25): void =>
  fc.assert(
    fc.property(randomStory, (asked) => law(tell(asked), asked)),
    { numRuns: runs },
  );
