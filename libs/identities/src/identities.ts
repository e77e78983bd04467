import type { CaseCommands } from '#libs/case-commands';

import { Invitations } from './administration/invitations.js';
import { Leaving } from './administration/leaving.js';
import { StaffRegister } from './administration/staff-register.js';
import { ForeignSignIn } from './foreign/foreign-sign-in.js';
import { IdentityProvider } from './foreign/identity-provider.js';
import type { IdentityParts } from './parts.js';
import { Passwords } from './passwords/passwords.js';
import { Factors } from './second-factors/factors.js';
import { Proofs } from './second-factors/proofs.js';
import { Passkeys } from './second-factors/passkeys.js';
import { RelyingParty } from './second-factors/relying-party.js';
import { ServiceBudget } from './services/service-budget.js';
import { ServiceKeys } from './services/service-keys.js';
import { ServiceRegister } from './services/service-register.js';
import { ServiceTokens } from './services/service-tokens.js';
import { Sessions } from './sessions/sessions.js';
import { Failures } from './sign-in/failures.js';
import { SignIn } from './sign-in/sign-in.js';

/** Everything about who people are, wired once for a process. */
export interface Identities {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly proofs: Proofs;
  readonly factors: Factors;
  readonly passkeys: Passkeys;
  readonly foreignSignIn: ForeignSignIn;
  readonly passwords: Passwords;
  readonly invitations: Invitations;
  readonly staff: StaffRegister;
  readonly leaving: Leaving;
  readonly serviceKeys: ServiceKeys;
  readonly serviceBudget: ServiceBudget;
  readonly services: ServiceRegister;
  readonly serviceTokens: ServiceTokens;
}

/** @param commands that hand over the cases of those who leave */
export function openIdentities(parts: IdentityParts, commands: CaseCommands): Identities {
  const sessions = new Sessions(parts);
  const failures = new Failures(parts);
  const signIn = new SignIn(parts, sessions, failures);
  const proofs = new Proofs(parts, sessions, failures);
  const serviceKeys = new ServiceKeys(parts);
  const factors = new Factors(parts, proofs);
  const party = new RelyingParty(parts.publicUrl);
  const invitations = new Invitations(parts, sessions, signIn);
  return {
    ...{ sessions, signIn, proofs, invitations },
    factors,
    passkeys: new Passkeys(parts, party, sessions, factors, proofs),
    foreignSignIn: new ForeignSignIn(parts, signIn, providerOf(parts)),
    passwords: new Passwords(parts, sessions),
    staff: new StaffRegister(parts, invitations, sessions),
    leaving: new Leaving(parts, sessions, commands),
    serviceKeys,
    serviceBudget: new ServiceBudget(parts),
    services: new ServiceRegister(parts, serviceKeys),
    serviceTokens: new ServiceTokens(parts, serviceKeys),
  };
}

/** Where an identity provider sends people back to. */
const callbackPath = 'api/v1/sessions/foreign/callback';

const providerOf = ({ identityProvider, publicUrl }: IdentityParts): IdentityProvider | undefined =>
  identityProvider && new IdentityProvider(identityProvider, new URL(callbackPath, publicUrl).href);
