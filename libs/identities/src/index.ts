export {
  assertNoDemonstrationAccounts,
  demonstrationPassword,
  DemonstrationAccountsOpen,
  openDemonstrationAccounts,
} from './demonstration.js';
export { openIdentities, type Identities } from './identities.js';
export { hashPassword } from './passwords/hashing.js';
export { longestPassword, shortestPassword } from './passwords/password-problem.js';
export { EntryRefused, IdentityRefused, type EntryProblem, type RefusalCode } from './refusal.js';
export { isFresh, type OpenedSession, type Session, type SessionStage } from './sessions/session.js';
export { Sessions } from './sessions/sessions.js';
export { SignIn } from './sign-in/sign-in.js';
