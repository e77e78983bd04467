import { v7 as uuidv7 } from 'uuid';

import type { Instant } from '#libs/calendar';
import type { Transaction } from '#libs/database';

export type IdentityEventKind =
  | 'signed_in'
  | 'sign_in_failed'
  | 'locked_out'
  | 'proved'
  | 'proof_failed'
  | 'session_ended'
  | 'sessions_ended'
  | 'password_set'
  | 'factor_enrolled'
  | 'factor_removed'
  | 'recovery_codes_made'
  | 'invited'
  | 'joined'
  | 'left'
  | 'roles_given'
  | 'identity_linked'
  | 'service_opened'
  | 'key_made'
  | 'key_withdrawn'
  | 'service_frozen'
  | 'service_unfrozen'
  | 'service_closed';

/** Something that happened to an account, a session or a key: ids and codes, nothing else. */
export interface IdentityEvent {
  readonly kind: IdentityEventKind;
  /** The account; absent where the name given is nobody's. */
  readonly subject?: string | undefined;
  /** Who did it, if not the subject. */
  readonly by?: string | undefined;
  readonly session?: string | undefined;
  /** A code that says more: which factor, why. */
  readonly detail?: string | undefined;
}

const text = `INSERT INTO identity_events (tenant_id, id, at, kind, subject, by, session_id, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Written in the transaction in which it happens. */
export function noteIdentityEvent(tx: Transaction, now: Instant, event: IdentityEvent): void {
  const { kind, subject, by, session, detail } = event;
  tx.send('identity_event', text, [
    ...[tx.context.tenant, uuidv7(), now, kind],
    ...[subject ?? null, by ?? null, session ?? null, detail ?? null],
  ]);
}
