import { demonstrationStaff } from '#libs/demonstration';
import { referralStates, type Books } from './books.js';
import { as, deadlineDefinition, unless, type Rule } from './rule.js';

/** From where a referral may come to each state (pathways, section 7). */
const comesFrom: Record<string, readonly string[]> = {
  SENT: ['DRAFT', 'EXPIRED'],
  ACKNOWLEDGED: ['SENT', 'MORE_INFO'],
  MORE_INFO: ['ACKNOWLEDGED'],
  ACCEPTED: ['SENT', 'ACKNOWLEDGED'],
  REJECTED: ['SENT', 'ACKNOWLEDGED'],
  EXPIRED: ['SENT', 'ACKNOWLEDGED', 'MORE_INFO'],
  IN_SERVICE: ['ACCEPTED'],
  COMPLETED: ['IN_SERVICE'],
  REVOKED: ['DRAFT', 'SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'ACCEPTED', 'IN_SERVICE', 'EXPIRED'],
};

/** States in which a referral waits for an answer. */
const unanswered = ['SENT', 'ACKNOWLEDGED', 'MORE_INFO'];

/** How cases and referrals move, and that none of them waits in silence. */
export const moveRules: readonly Rule[] = [
  {
    name: 'a case comes to a state by a transition that leads there',
    event: (entry, { state = '', decided }, { definition }) => {
      const taken = as('TransitionTaken', entry)?.event.data;
      if (taken === undefined) return [];
      const transition = definition.transitions.find(({ id }) => id === taken.transition);
      const roles = demonstrationStaff.find(({ id }) => id === entry.by)?.roles ?? [];
      return [
        ...unless(taken.from === state, `the case was in ${state}`),
        ...unless(transition?.from.includes(state) === true, `it does not lead from ${state}`),
        ...unless(transition?.to === taken.to, `it does not lead to ${taken.to}`),
        ...unless(transition?.roles.some((role) => roles.includes(role)) === true, `${entry.by} may not take it`),
        ...unless(transition?.decision === undefined || decided.has(transition.decision), 'nobody decided it'),
      ];
    },
  },
  {
    name: 'a referral has one answer',
    event: ({ event: { type, data } }, { referrals }) => {
      const to = referralStates[type];
      if (to === undefined || to === 'DRAFT' || !('referralId' in data)) return [];
      const from = referrals.get(data.referralId ?? '')?.state ?? 'nowhere';
      return unless(comesFrom[to]?.includes(from) === true, `from ${from} to ${to}`);
    },
  },
  {
    name: 'a referral that nobody answered has a deadline',
    commit: (_, books, { definition }) =>
      isEnded(books, definition.states)
        ? []
        : [...books.referrals]
            .filter(([id, { state }]) => unanswered.includes(state) && !hasDeadline(id, books))
            .map(([id]) => `referral ${id}`),
  },
  {
    name: 'a case that has ended leaves no deadline running',
    commit: (entries, books, about) => {
      const ended = entries.some(({ event }) => event.type === 'TransitionTaken');
      if (!ended || !isEnded(books, about.definition.states)) return [];
      return [...books.deadlines]
        .filter(([, kept]) => kept.ended === undefined)
        .filter(([, { armed }]) => deadlineDefinition(armed.definition, about)?.outlivesCase !== true)
        .map(([deadline]) => `${deadline} still runs`);
    },
  },
];

const isEnded = ({ state = '' }: Books, states: Record<string, { terminal?: boolean }>): boolean =>
  states[state]?.terminal === true;

const hasDeadline = (id: string, { deadlines }: Books): boolean =>
  [...deadlines.values()].some(({ armed, ended }) => armed.subject === id && ended === undefined);
