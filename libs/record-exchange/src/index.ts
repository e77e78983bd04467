export { newCaseCode } from './case-code.js';
export { exportRecords, UnknownCase, type Export } from './export-records.js';
export { importRecords, type ImportSummary, type StillQuarantined } from './import-records.js';
