export { administrators } from './administration/administrators.js';
export { Invitations, type Invitation } from './administration/invitations.js';
export { Leaving, type Left } from './administration/leaving.js';
export { StaffRegister, type NewMember, type StaffEntry } from './administration/staff-register.js';
export {
  assertNoDemonstrationAccounts,
  demonstrationPassword,
  DemonstrationAccountsOpen,
  openDemonstrationAccounts,
} from './demonstration.js';
export { ForeignSignIn } from './foreign/foreign-sign-in.js';
export { ProviderAway } from './foreign/identity-provider.js';
export { openIdentities, type Identities } from './identities.js';
export { hashPassword } from './passwords/hashing.js';
export { longestPassword } from './passwords/password-problem.js';
export { Passwords } from './passwords/passwords.js';
export { EntryRefused, IdentityRefused, type EntryProblem } from './refusal.js';
export { Factors, type Enrolled } from './second-factors/factors.js';
export type { Passkey } from './second-factors/passkey-table.js';
export { Passkeys, type Asked as PasskeyAsked } from './second-factors/passkeys.js';
export type { AuthenticatorAnswer } from './second-factors/relying-party.js';
export { Proofs, type Proof } from './second-factors/proofs.js';
export { totpColumns, type OfferedTotp } from './second-factors/totp.js';
export type { ServiceAccount } from './services/service-account.js';
export { ServiceBudget } from './services/service-budget.js';
export { isServiceKey, ServiceKeys } from './services/service-keys.js';
export { ServiceRegister, type MadeKey } from './services/service-register.js';
export { isWithin, serviceScopes } from './services/service-scopes.js';
export { ServiceTokens, type GivenToken } from './services/service-tokens.js';
export { isFresh, type OpenedSession, type Session, type SessionStage } from './sessions/session.js';
export { Sessions } from './sessions/sessions.js';
export { SignIn } from './sign-in/sign-in.js';
