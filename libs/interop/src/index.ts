export { digestOf } from './digest.js';
export { recordsIn } from './envelope.js';
export type { KnownService } from './codes/service-table.js';
export {
  codeTables,
  noEntries,
  shippedCodes,
  type CodeEntries,
  type CodeTableName,
  type CodeTables,
} from './codes/code-tables.js';
export { fromOscar } from './oscar/from-oscar.js';
export { toOscar } from './oscar/to-oscar.js';
export { oscarReferrals, partnerOf } from './oscar/to-services.js';
export { servedOscar, stagedOscar } from './oscar/served.js';
export { changedDetails, mergedDetails } from './person-details.js';
export {
  changedFields,
  compare,
  filtersIn,
  isFound,
  matches,
  onlyFields,
  type Condition,
  type Filters,
} from './primero/filters.js';
export { fromPrimero } from './primero/from-primero.js';
export { mergePrimero, withRowIds } from './primero/merge.js';
export { dataIn } from './primero/request-body.js';
export { servedPrimero, stagedPrimero } from './primero/served.js';
export { toPrimero } from './primero/to-primero.js';
export { toPrimeroReferrals } from './primero/to-referrals.js';
export { toPrimeroTransitions, type Assignment } from './primero/to-transitions.js';
export { sameReferrals } from './same-referrals.js';
export { sentReferrals, type SentReferral } from './sent-referrals.js';
export { rowIdOf } from './primero/to-rows.js';
export { readOscarKey } from './oscar/key.js';
export { outwardStatus } from './statuses.js';
export type {
  ExportInput,
  OutgoingRecord,
  IdentifierName,
  Identifiers,
  Translation,
  TranslationContext,
} from './translation.js';
