import type { IdentityParts } from './parts.js';
import { Sessions } from './sessions/sessions.js';
import { Failures } from './sign-in/failures.js';
import { SignIn } from './sign-in/sign-in.js';

/** Everything about who people are, wired once for a process. */
export interface Identities {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
}

export function openIdentities(parts: IdentityParts): Identities {
  const sessions = new Sessions(parts);
  const failures = new Failures(parts);
  return { sessions, signIn: new SignIn(parts, sessions, failures) };
}
