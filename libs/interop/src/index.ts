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
export { mergedDetails } from './person-details.js';
export { fromPrimero } from './primero/from-primero.js';
export { toPrimero } from './primero/to-primero.js';
export { toPrimeroReferrals } from './primero/to-referrals.js';
export type {
  ExportInput,
  OutgoingRecord,
  IdentifierName,
  Identifiers,
  Translation,
  TranslationContext,
} from './translation.js';
