export { newCaseCode } from './case-code.js';
export { exportInParts, exportRecords, UnknownCase, type Export, type ExportedPart } from './export-records.js';
export { importEach, importRecords, type Import, type ImportSummary, type StillQuarantined } from './import-records.js';
