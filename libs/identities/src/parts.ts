import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import type { MasterKey } from '#libs/privacy';

import type { ProviderSettings } from './foreign/identity-provider.js';

/** What everything about identities works with. */
export interface IdentityParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly masterKey: MasterKey;
  /** Whether this is a demonstration, where people need no second factor. Never in production. */
  readonly demonstration: boolean;
  /** Where people reach the program: what passkeys and identity providers are bound to. */
  readonly publicUrl: string;
  /** Absent where nobody signs in through one. */
  readonly identityProvider?: ProviderSettings | undefined;
}
