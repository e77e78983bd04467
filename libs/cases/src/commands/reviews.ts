import { addWorkingDays, endOfDay, localDateOf, type Instant } from '#libs/calendar';
import type { ReviewRules, ReviewState } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import { mayMoveReview } from '../reviews/life-cycle.js';
import type { KnownCase, ReviewStatus } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';

type Decision = KnownCase['decisions'][number];

/**
 * Asks that a gatekeeping decision be looked at by somebody else: by voice, on paper, through the helpline or the feedback
 * channel. The time to ask runs from the notice; while nobody was told of the decision, it does not run at all.
 */
export function fileReview(command: CaseCommand<'FileReview'>, state: KnownCase, context: DecideContext): Outcome {
  const { reviewId, decisionId, by, channel, who, text } = command.data;
  const decision = state.decisions.find((each) => each.decisionId === decisionId);
  if (decision === undefined) return unknown(unmet('NotFound', 'decisionId'));
  if (state.reviews[reviewId] !== undefined) return conflict(unmet('AlreadyExists', 'reviewId'));
  const problems = [
    ...courtProblem(decision, state, context),
    ...timeProblem(decision, command.occurredAt, state, context),
    ...(by === 'caregiver' && who !== undefined && state.blocks.some((block) => block.who === who)
      ? [unmet('ContactBlocked', 'who')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({
    type: 'ReviewFiled',
    data: { reviewId, decisionId, gate: decision.gate, by, channel },
    ...narrative(text),
    ...whenOf(command),
  });
}

/** What a prosecutor or a judge decided is appealed in court, through the lawyer; we only keep its dates (pathways 1.8). */
function courtProblem({ gate, outcome }: Decision, { enrolment }: KnownCase, context: DecideContext): Unmet[] {
  const definition = enrolment && context.pathway(enrolment.pathway)?.definition.gates[gate];
  return definition?.views === 'none' ? [unmet('AppealInCourt', 'decisionId', definition.outcomes[outcome])] : [];
}

function timeProblem(decision: Decision, at: Instant, state: KnownCase, { common, calendar }: DecideContext): Unmet[] {
  const told = toldOf(decision, state);
  if (told === undefined) return [];
  const last = addWorkingDays(localDateOf(told, calendar.zone), common.reviews.fileWithinWorkingDays, calendar);
  return at > endOfDay(last, calendar.zone) ? [unmet('TooLate', 'decisionId', last)] : [];
}

/** When the child was told: with the decision, or by a notice after it and before the next decision of its gate. */
function toldOf(decision: Decision, { decisions, documents }: KnownCase): Instant | undefined {
  if (decision.noticeGiven) return decision.at;
  const next = decisions.find(({ gate, version }) => gate === decision.gate && version > decision.version);
  return documents.find(
    ({ code, version }) =>
      code === 'NOTICE_OF_DECISION' && version > decision.version && version < (next?.version ?? Infinity),
  )?.at;
}

export function acknowledgeReview(
  command: CaseCommand<'AcknowledgeReview'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  return step(command, 'ACKNOWLEDGED', state, (review) => {
    const problems = roleProblem(review, context);
    return problems.length > 0
      ? refused(...problems)
      : accepted({ type: 'ReviewAcknowledged', data: { reviewId: review.reviewId }, ...whenOf(command) });
  });
}

/** Whoever takes a review up decides it: somebody with no part in the decision and none in the case. */
export function takeUpReview(command: CaseCommand<'TakeUpReview'>, state: KnownCase, context: DecideContext): Outcome {
  return step(command, 'UNDER_REVIEW', state, (review) => {
    const { reviewId, level } = review;
    const problems = [...roleProblem(review, context), ...partialityProblem(review, state, context)];
    return problems.length > 0
      ? refused(...problems)
      : accepted({ type: 'ReviewTakenUp', data: { reviewId, level }, ...whenOf(command) });
  });
}

export function decideReview(command: CaseCommand<'DecideReview'>, state: KnownCase, context: DecideContext): Outcome {
  const { outcome, reasons, noticeGiven } = command.data;
  return step(command, outcome, state, (review) => {
    const { reviewId, level, reviewers } = review;
    const problems = [
      ...(reviewers[level] === context.actor.id ? [] : [unmet('RoleNotAllowed', 'reviewId')]),
      ...partialityProblem(review, state, context),
      ...(reasons.trim() === '' ? [unmet('FieldInvalid', 'reasons')] : []),
    ];
    return problems.length > 0
      ? refused(...problems)
      : accepted({
          type: 'ReviewDecided',
          data: { reviewId, level, outcome, noticeGiven },
          sealed: { narrative: { reasons } },
          ...whenOf(command),
        });
  });
}

/** A review that was not upheld whole may be taken to the ministry, once. */
export function requestSecondLevel(command: CaseCommand<'RequestSecondLevel'>, state: KnownCase): Outcome {
  return step(command, 'SECOND_LEVEL', state, ({ reviewId, level }) =>
    level === 2
      ? conflict(unmet('WrongState', 'reviewId'))
      : accepted({
          type: 'ReviewSecondLevelRequested',
          data: { reviewId, by: command.data.by, channel: command.data.channel },
          ...narrative(command.data.text),
          ...whenOf(command),
        }),
  );
}

function step(
  { data: { reviewId } }: { data: { reviewId: string } },
  to: ReviewState,
  { reviews }: KnownCase,
  take: (review: ReviewStatus) => Outcome,
): Outcome {
  const review = reviews[reviewId];
  if (review === undefined) return unknown(unmet('NotFound', 'reviewId'));
  return mayMoveReview(review.state, to) ? take(review) : conflict(unmet('WrongState', review.state));
}

function roleProblem({ level }: ReviewStatus, { actor, common }: DecideContext): Unmet[] {
  const roles = rolesOf(level, common.reviews);
  return actor.roles.some((role) => roles.includes(role)) ? [] : [unmet('RoleNotAllowed', 'reviewId')];
}

const rolesOf = (level: 1 | 2, { firstLevel, secondLevel }: ReviewRules) => (level === 1 ? firstLevel : secondLevel);

/** Who decided, sat, submitted the case, holds it, or judged the first level does not judge now. */
function partialityProblem(review: ReviewStatus, state: KnownCase, { actor }: DecideContext): Unmet[] {
  const decision = state.decisions.find(({ decisionId }) => decisionId === review.decisionId);
  const submitter = state.enrolment?.taken.filter(({ version }) => version < (decision?.version ?? 0)).at(-1)?.by;
  const involved = [
    decision?.by,
    ...(decision?.members.map(({ id }) => id) ?? []),
    submitter,
    state.owner,
    ...(review.level === 2 ? [review.reviewers[1]] : []),
  ];
  return involved.includes(actor.id) ? [unmet('TookPart', 'reviewId')] : [];
}
