export { CarerDirectory, type CarerFilter } from './carer-directory.js';
export {
  InvalidEntry,
  type CarerDetails,
  type CarerEntry,
  type CarerIdentity,
  type CarerLocation,
  type CarerWords,
  type ServiceDetails,
  type ServiceEntry,
} from './entry.js';
export type { DirectoryChange, FieldChange } from './history.js';
export {
  Matching,
  type CarerCandidate,
  type ProviderCandidate,
  type ProviderMatches,
  type ReferralKey,
} from './matching.js';
export { ServiceDirectory, type ServiceFilter } from './service-directory.js';
export type { DirectoryRequest } from './writing.js';
