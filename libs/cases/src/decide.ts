import type { CaseCommand, CaseCommandType } from './commands.js';
import { storeAttachment } from './commands/attachments.js';
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
import { reviewEmergencyAccess, takeEmergencyAccess } from './commands/emergencies.js';
import { answerFeedback, receiveFeedback } from './commands/feedback.js';
import { recordDecision } from './commands/decisions.js';
import { assignCase, enrolCase, linkCase, openCase } from './commands/open.js';
import { pauseDeadline, resumeDeadline } from './commands/pauses.js';
import { migrateCase } from './commands/migrate.js';
import { meetUnmetNeed, recordUnmetNeed } from './commands/needs.js';
import { receiveRecord } from './commands/receive.js';
import {
  addNote,
  blockContact,
  declareConflict,
  forgetChild,
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
import { approveUnsealing, proposeUnsealing } from './commands/unseal.js';
import { inConflict } from './conditions/steps.js';
import { forbiddenText } from './content.js';
import type { DecideContext } from './context.js';
import { caseCarrier } from './deadlines/case-carrier.js';
import { withDeadlines } from './deadlines/consequences.js';
import { withNeedsMet } from './needs/met.js';
import { liesAhead, notAhead } from './occurrence.js';
import { conflict, refused, unknown, type Outcome } from './outcome.js';
import type { CaseState, KnownCase } from './state.js';
import { withStays } from './stays/consequences.js';
import { unmet } from './texts.js';

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
  MigrateCase: migrateCase,
  TakeTransition: takeTransition,
  AttestGuard: attestGuard,
  RecordDocument: recordDocument,
  StoreAttachment: storeAttachment,
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
  ForgetChild: forgetChild,
  ProposeUnsealing: proposeUnsealing,
  ApproveUnsealing: approveUnsealing,
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
  TakeEmergencyAccess: takeEmergencyAccess,
  ReviewEmergencyAccess: reviewEmergencyAccess,
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
  // The deadlines of a case that was moved follow from all that happened to it, not from the move alone.
  if (!outcome.ok || command.type === 'MigrateCase') return outcome;
  const facts = withNeedsMet(outcome.events, state);
  return { ok: true, events: withDeadlines(caseCarrier, withStays(facts, state, context), state, context) };
}

function decideCommand(command: CaseCommand, state: CaseState, context: DecideContext): Outcome {
  if (liesAhead(command, context)) return refused(unmet('InFuture', 'occurredAt'));
  const forbidden = forbiddenText(command, state, context);
  if (forbidden.length > 0) return refused(...forbidden);
  if (state.status === 'known' && state.erased) return unknown(unmet('NotFound', 'case'));
  if (command.type === 'ReceiveRecord') return receiveRecord(command, state, context);
  if (command.type === 'OpenCase') {
    return state.status === 'none' ? openCase(command, context) : conflict(unmet('AlreadyExists', 'case'));
  }
  // A conflict of interest beats every role, and is answered as if there were no such case (GR-COI).
  if (state.status === 'none' || inConflict(state, context, context.actor.id, context.actor.agency)) {
    return unknown(unmet('NotFound', 'case'));
  }
  const handler = handlers[command.type] as (command: CaseCommand, state: KnownCase, context: DecideContext) => Outcome;
  return handler(command, state, context);
}
