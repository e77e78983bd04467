export { CaseCommands } from './case-commands.js';
export { ErasureLedger, ErasureLedgerMissing, type Erasure } from './erasure-ledger.js';
export { CommandRefused, KeyReused, VersionConflict } from './errors.js';
export {
  ExecuteCaseCommand,
  ExecuteCaseCommandHandler,
  ExecuteFacilityCommand,
  ExecuteFacilityCommandHandler,
  ExecutePersonCommand,
  ExecutePersonCommandHandler,
} from './execute.js';
export { storeAttachment } from './store-attachment.js';
export { contextFor } from './surroundings.js';
export { commandIdOf, findAnswer, keepAnswer } from './idempotency.js';
export type { AfterCommit, CaseCommandsParts, Change } from './parts.js';
export type {
  Answer,
  CaseRequest,
  Envelope,
  FacilityRequest,
  Idempotency,
  PersonRequest,
  RungsRequest,
} from './request.js';
