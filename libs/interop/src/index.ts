export { digestOf } from './digest.js';
export { recordsIn } from './envelope.js';
export { knownServices, type KnownService } from './known-services.js';
export { fromOscar } from './oscar/from-oscar.js';
export { toOscar } from './oscar/to-oscar.js';
export { partnerOf } from './oscar/to-services.js';
export { mergedDetails } from './person-details.js';
export { fromPrimero } from './primero/from-primero.js';
export { toPrimero } from './primero/to-primero.js';
export { toPrimeroReferrals } from './primero/to-referrals.js';
export { sentReferrals, type SentReferral } from './sent-referrals.js';
export { rowIdOf } from './primero/to-rows.js';
export { readOscarKey } from './oscar/key.js';
export { serviceToOscar, serviceToPrimero } from './services.js';
export { outwardStatus } from './statuses.js';
export type {
  ExportInput,
  OutgoingRecord,
  IdentifierName,
  Identifiers,
  Translation,
  TranslationContext,
} from './translation.js';
