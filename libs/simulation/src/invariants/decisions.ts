import { demonstrationStaff } from '#libs/demonstration';
import type { CaseEvent } from '#libs/cases';
import type { GateDefinition } from '#libs/pathways';
import type { Books, Entry } from './books.js';
import { as, unless, type About, type Rule } from './rule.js';

type Decision = Entry<CaseEvent<'DecisionRecorded'>>;

const staff = new Map(demonstrationStaff.map((each) => [each.id, each]));

/** Decisions at gates: who sat, what was weighed, and that nobody judges their own. */
export const decisionRules: readonly Rule[] = [
  {
    name: 'a panel sits with its quorum and a chair who may decide',
    event: (entry, { facts }, about) =>
      onDecision(entry, about, ({ event: { data } }, { quorum, withoutPanel, noVoteFrom, deciders }) => {
        if (quorum === undefined || withoutPanel?.includes(data.outcome) === true) return [];
        const voting = data.members.filter(
          ({ vote, agency }) => vote !== 'none' && !isBarred(agency, noVoteFrom, facts),
        );
        const chairs = voting.filter(({ id, chair }) => chair && hasRole(id, deciders));
        return [
          ...unless(new Set(voting.map(({ id }) => id)).size >= quorum, `${voting.length} sat, ${quorum} must`),
          ...unless(chairs.length > 0, 'nobody who may decide was in the chair'),
        ];
      }),
  },
  {
    name: 'whoever decides may, and is who they say',
    event: (entry, _, about) =>
      onDecision(entry, about, ({ event: { data }, by }, { deciders }) => [
        ...unless(hasRole(by, deciders), `${by} may not decide at ${data.gate}`),
        ...data.members.flatMap(({ id, agency, role }) =>
          unless(staff.get(id)?.agency === agency && hasRole(id, [role]), `${id} is not ${role} at ${agency}`),
        ),
      ]),
  },
  {
    name: 'nobody decides on what they submitted',
    event: (entry, { submitter = '', state = '' }, about) =>
      onDecision(entry, about, ({ event: { data }, by }, { at, views }) => {
        if (views === 'none' || at?.includes(state) !== true) return [];
        const deciding = [by, ...data.members.filter(({ vote }) => vote !== 'none').map(({ id }) => id)];
        return unless(!deciding.includes(submitter), `${submitter} submitted it`);
      }),
  },
  {
    name: 'a decision has its reasons, and those for what was passed over',
    event: (entry, _, about) =>
      onDecision(entry, about, ({ event: { data, sealed } }, { options = {}, choices = {} }) => {
        const order = Object.keys(options);
        const passedOver = choices[data.outcome] === undefined ? [] : order.slice(0, order.indexOf(data.option ?? ''));
        const explained = data.options.filter(({ reasonGiven }) => reasonGiven).map(({ option }) => option);
        return [
          ...unless(isWritten(sealed?.narrative?.['reasons']), 'it says no reasons'),
          ...passedOver.flatMap((option) => unless(explained.includes(option), `${option} was not considered`)),
        ];
      }),
  },
  {
    name: "the child's views are heard before a decision",
    event: (entry, { documents, state = '' }, about) =>
      onDecision(entry, about, ({ event: { data, sealed } }, { views, viewsLaterIn }) => {
        if (views !== 'required') return [];
        const onRecord = documents.has('CHILD_VIEWS');
        if (data.views.sought === 'later')
          return unless(onRecord || viewsLaterIn?.includes(state) === true, 'not heard');
        const words = (sealed?.narrative?.['views'] ?? {}) as { said?: unknown; whyNotFollowed?: unknown };
        return [
          ...unless(data.views.sought !== 'not_applicable', 'the child was not asked'),
          ...unless(isWritten(words.said) || onRecord, 'nothing says what the child said'),
          ...unless(
            data.views.followed === true || isWritten(words.whyNotFollowed),
            'nothing says why it was not followed',
          ),
        ];
      }),
  },
  {
    name: 'two people agree where one is not enough',
    event: ({ event, by }, books) => {
      if (event.type === 'ConsentExceptionApproved') return approvalProblems(event.data.exceptionId, by, books);
      if (event.type !== 'RiskLevelSet' || event.data.proposedBy === undefined) return [];
      return unless(event.data.proposedBy !== by, `${by} proposed it`);
    },
  },
];

function approvalProblems(exceptionId: string, by: string, { exceptions, documents }: Books): string[] {
  return [
    ...unless(exceptions.get(exceptionId)?.by !== by, `${by} recorded the exception`),
    ...unless(documents.has('BIA'), 'no best-interests assessment was there'),
  ];
}

function onDecision(
  entry: Entry,
  { definition }: About,
  check: (decision: Decision, gate: GateDefinition) => string[],
): string[] {
  const decision = as('DecisionRecorded', entry);
  if (decision === undefined) return [];
  const gate = definition.gates[decision.event.data.gate];
  return gate === undefined ? [`there is no gate ${decision.event.data.gate}`] : check(decision, gate);
}

const hasRole = (id: string, roles: readonly string[]): boolean =>
  staff.get(id)?.roles.some((role) => roles.includes(role)) === true;

const isBarred = (agency: string, fact: string | undefined, facts: Books['facts']): boolean =>
  fact !== undefined && facts.get(fact) === agency;

const isWritten = (text: unknown): boolean => typeof text === 'string' && text.trim() !== '';
