export {
  demonstrationAccounts,
  demonstrationAgencies,
  demonstrationStaff,
  writeDirectory,
  type DemonstrationAccount,
} from './directory.js';
export { giveConsent, approveException, recordException, reviewException } from './driver/consents.js';
export { proposedDecision, recordDecision } from './driver/decisions.js';
export { waysToAnswer } from './driver/duties.js';
export { Impossible } from './driver/impossible.js';
export { liveAsUsual } from './driver/live.js';
export { openCase } from './driver/open-case.js';
export { Play } from './driver/play.js';
export { addNote, recordContact, recordDocument, recordFact, scribe, setRisk } from './driver/records.js';
export { draftReferral, moveOn, sendReferral } from './driver/referrals.js';
export { Rehearsal, type Decide, type Request } from './driver/rehearsal.js';
export type { Attempt } from './driver/scene.js';
export { filledIn, supply, takeTransition } from './driver/take-transition.js';
export { somebody, somebodyAt, someTeam, system } from './driver/team.js';
export { enterFacilities } from './facilities.js';
export { loadDemonstration, perform, type DemonstrationOptions, type Loaded } from './load.js';
export { someChild, type Child } from './people.js';
export { planTiny } from './plan.js';
export { Random } from './random.js';
export type { Story } from './stories.js';
export { coveringWalks, type Visit } from './walks.js';
export { words } from './words.js';
export { recordSets } from './records/children.js';
export { writeRecords, type WrittenRecords } from './records/write-records.js';
