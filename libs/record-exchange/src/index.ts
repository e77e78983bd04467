export { newCaseCode } from './case-code.js';
export { exportInput } from './export-input.js';
export { exportInParts, exportRecords, UnknownCase, type Export, type ExportedPart } from './export-records.js';
export { findCaseByAnyId, findCaseByIdentifiers } from './find-case.js';
export { importEach, importRecords, type Import, type ImportSummary, type StillQuarantined } from './import-records.js';
export { mayLeave } from './may-leave.js';
export type { ExchangeParts } from './parts.js';
export { receiveRecord, translate, type Fate, type Origin } from './receive-record.js';
export type { SaidBefore } from './said-before.js';
export { countAlerted, tellAlerts, tellFlags } from './serving/alerts.js';
export { findHeld, tellable, traceTelling, type Asker } from './serving/asker.js';
export { holdCases, type HeldCase } from './serving/held-cases.js';
export { listOscar, type ClientsAsked } from './serving/oscar-lists.js';
export { decideReferral, linkClient, upsertClient } from './serving/oscar-writes.js';
export { listAsked, listPrimero, primeroRecord, type ListAsked } from './serving/primero-lists.js';
export { changePrimero, createPrimero, type Written } from './serving/primero-writes.js';
export { findTransaction, type Transacted } from './serving/transactions.js';
export {
  answerReferral,
  NotAnswerable,
  requestReferral,
  revokeReferral,
  tellTransitions,
  transitionsOf,
  type Requested,
} from './serving/transitions.js';
