export { CaseCommands } from './case-commands.js';
export { CommandRefused, KeyReused, VersionConflict } from './errors.js';
export {
  ExecuteCaseCommand,
  ExecuteCaseCommandHandler,
  ExecutePersonCommand,
  ExecutePersonCommandHandler,
} from './execute.js';
export type { AfterCommit, CaseCommandsParts, Changed } from './parts.js';
export { findAnswer, keepAnswer } from './idempotency.js';
export type { Answer, CaseRequest, Envelope, Idempotency, PersonRequest } from './request.js';
