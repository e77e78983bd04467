import type { CaseCommands } from '#libs/case-commands';

import { Invitations } from './administration/invitations.js';
import { Leaving } from './administration/leaving.js';
import { StaffRegister } from './administration/staff-register.js';
import type { IdentityParts } from './parts.js';
import { Passwords } from './passwords/passwords.js';
import { Factors } from './second-factors/factors.js';
import { Proofs } from './second-factors/proofs.js';
import { ServiceBudget } from './services/service-budget.js';
import { ServiceKeys } from './services/service-keys.js';
import { ServiceRegister } from './services/service-register.js';
import { Sessions } from './sessions/sessions.js';
import { Failures } from './sign-in/failures.js';
import { SignIn } from './sign-in/sign-in.js';

/** Everything about who people are, wired once for a process. */
export interface Identities {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly proofs: Proofs;
  readonly factors: Factors;
  readonly passwords: Passwords;
  readonly invitations: Invitations;
  readonly staff: StaffRegister;
  readonly leaving: Leaving;
  readonly serviceKeys: ServiceKeys;
  readonly serviceBudget: ServiceBudget;
  readonly services: ServiceRegister;
}

/** @param commands that hand over the cases of those who leave */
export function openIdentities(parts: IdentityParts, commands: CaseCommands): Identities {
  const sessions = new Sessions(parts);
  const failures = new Failures(parts);
  const signIn = new SignIn(parts, sessions, failures);
  const proofs = new Proofs(parts, sessions, failures);
  const serviceKeys = new ServiceKeys(parts);
  const invitations = new Invitations(parts, sessions, signIn);
  return {
    ...{ sessions, signIn, proofs, invitations },
    factors: new Factors(parts, proofs),
    passwords: new Passwords(parts, sessions),
    staff: new StaffRegister(parts, invitations),
    leaving: new Leaving(parts, sessions, commands),
    serviceKeys,
    serviceBudget: new ServiceBudget(parts),
    services: new ServiceRegister(parts, serviceKeys),
  };
}
