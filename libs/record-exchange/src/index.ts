export { newCaseCode } from './case-code.js';
export { exportInput } from './export-input.js';
export { exportRecords, UnknownCase, type Export } from './export-records.js';
export {
  importRecords,
  receiveRecord,
  type Fate,
  type ImportSummary,
  type Origin,
  type StillQuarantined,
} from './import-records.js';
export { findCaseByIdentifiers } from './find-case.js';
export { mayLeave } from './may-leave.js';
export type { ExchangeParts } from './parts.js';
