import { plus } from '#libs/calendar';
import type { CaseCommand, CaseCommandType } from './commands.js';
import { attestGuard } from './commands/attest.js';
import {
  approveException,
  giveConsent,
  recordException,
  rejectException,
  reviewException,
  withdrawConsent,
} from './commands/consents.js';
import { extendDeadline, reachRungs } from './commands/deadlines.js';
import { answerFeedback, receiveFeedback } from './commands/feedback.js';
import { recordDecision } from './commands/decisions.js';
import { assignCase, enrolCase, linkCase, openCase } from './commands/open.js';
import { pauseDeadline, resumeDeadline } from './commands/pauses.js';
import { meetUnmetNeed, recordUnmetNeed } from './commands/needs.js';
import { receiveRecord } from './commands/receive.js';
import {
  addNote,
  blockContact,
  declareConflict,
  moveTrack,
  notePersonDetails,
  recordContact,
  recordDocument,
  recordFacts,
} from './commands/records.js';
import { agreeToLowerRisk, setRiskLevel } from './commands/risk.js';
import { draftReferral, moveReferral, sendReferral } from './commands/referrals.js';
import { acknowledgeReview, decideReview, fileReview, requestSecondLevel, takeUpReview } from './commands/reviews.js';
import { takeTransition } from './commands/transition.js';
import { inConflict } from './conditions/steps.js';
import { forbiddenText } from './content.js';
import type { DecideContext } from './context.js';
import { withDeadlines } from './deadlines/consequences.js';
import { withNeedsMet } from './needs/met.js';
import { conflict, refused, unknown, type Outcome } from './outcome.js';
import type { CaseState, KnownCase } from './state.js';
import { unmet } from './texts.js';

/** Clocks of devices differ: a time this far ahead of ours is still taken as now. */
const CLOCK_TOLERANCE = 'PT5M';

type Handlers = {
  [T in Exclude<CaseCommandType, 'OpenCase' | 'ReceiveRecord'>]: (
    command: CaseCommand<T>,
    state: KnownCase,
    context: DecideContext,
  ) => Outcome;
};

/** One function for each command that needs a case to exist. */
const handlers: Handlers = {
  EnrolCase: enrolCase,
  AssignCase: assignCase,
  LinkCase: linkCase,
  TakeTransition: takeTransition,
  AttestGuard: attestGuard,
  RecordDocument: recordDocument,
  GiveConsent: giveConsent,
  WithdrawConsent: withdrawConsent,
  RecordConsentException: recordException,
  ApproveConsentException: approveException,
  RejectConsentException: rejectException,
  ReviewConsentException: reviewException,
  RecordDecision: recordDecision,
  SetRiskLevel: setRiskLevel,
  AgreeToLowerRisk: agreeToLowerRisk,
  MoveTrack: moveTrack,
  RecordFacts: recordFacts,
  NotePersonDetails: notePersonDetails,
  AddNote: addNote,
  RecordContact: recordContact,
  BlockContact: blockContact,
  DeclareConflict: declareConflict,
  DraftReferral: draftReferral,
  SendReferral: sendReferral,
  AcknowledgeReferral: moveReferral,
  RequestReferralInformation: moveReferral,
  ProvideReferralInformation: moveReferral,
  AcceptReferral: moveReferral,
  RejectReferral: moveReferral,
  StartService: moveReferral,
  CompleteReferral: moveReferral,
  RevokeReferral: moveReferral,
  FileReview: fileReview,
  AcknowledgeReview: acknowledgeReview,
  TakeUpReview: takeUpReview,
  DecideReview: decideReview,
  RequestSecondLevel: requestSecondLevel,
  ReceiveFeedback: receiveFeedback,
  AnswerFeedback: answerFeedback,
  ExtendDeadline: extendDeadline,
  PauseDeadline: pauseDeadline,
  ResumeDeadline: resumeDeadline,
  ReachRungs: reachRungs,
  RecordUnmetNeed: recordUnmetNeed,
  MeetUnmetNeed: meetUnmetNeed,
};

/** Decides on a command: the events it makes, deadlines included, or everything that stands in its way. Pure. */
export function decide(command: CaseCommand, state: CaseState, context: DecideContext): Outcome {
  const outcome = decideCommand(notAhead(command, context), state, context);
  if (!outcome.ok) return outcome;
  return { ok: true, events: withDeadlines(withNeedsMet(outcome.events, state), state, context) };
}

function decideCommand(command: CaseCommand, state: CaseState, context: DecideContext): Outcome {
  if (command.occurredAt > plus(context.now, CLOCK_TOLERANCE, context.calendar.zone)) {
    return refused(unmet('InFuture', 'occurredAt'));
  }
  const forbidden = forbiddenText(command, state, context);
  if (forbidden.length > 0) return refused(...forbidden);
  if (command.type === 'ReceiveRecord') return receiveRecord(command, state, context);
  if (command.type === 'OpenCase') {
    return state.status === 'none' ? openCase(command, context) : conflict(unmet('AlreadyExists', 'case'));
  }
  // A conflict of interest beats every role, and is answered as if there were no such case (GR-COI).
  if (state.status === 'none' || inConflict(state, context.actor.id, context.actor.agency)) {
    return unknown(unmet('NotFound', 'case'));
  }
  const handler = handlers[command.type] as (command: CaseCommand, state: KnownCase, context: DecideContext) => Outcome;
  return handler(command, state, context);
}

function notAhead(command: CaseCommand, { now, calendar }: DecideContext): CaseCommand {
  const ahead = command.occurredAt > now && command.occurredAt <= plus(now, CLOCK_TOLERANCE, calendar.zone);
  return ahead ? { ...command, occurredAt: now } : command;
}
