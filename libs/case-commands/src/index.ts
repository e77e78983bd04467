export { CaseCommands, type AfterCommit, type CaseCommandsParts } from './case-commands.js';
export { CommandRefused, KeyReused, VersionConflict } from './errors.js';
export {
  ExecuteCaseCommand,
  ExecuteCaseCommandHandler,
  ExecutePersonCommand,
  ExecutePersonCommandHandler,
} from './execute.js';
export { findAnswer, keepAnswer } from './idempotency.js';
export type { Answer, CaseRequest, Envelope, Idempotency, PersonRequest } from './request.js';
