/** Why somebody is not let in, or may not change what they asked to change. */
export type RefusalCode =
  | 'sign-in-refused'
  | 'too-many-attempts'
  | 'proof-refused'
  | 'invitation-unusable'
  | 'not-administrator'
  | 'already-exists'
  | 'not-found'
  | 'last-factor'
  | 'keys-in-use'
  | 'account-frozen';

export class IdentityRefused extends Error {
  override readonly name = 'IdentityRefused';

  constructor(
    readonly code: RefusalCode,
    /** Seconds after which it may be tried again. */
    readonly retryAfter?: number,
  ) {
    super(code);
  }
}

/** A field that can't be used, by a code that has words in both languages. */
export type EntryProblem =
  | 'password_short'
  | 'password_long'
  | 'password_common'
  | 'password_personal'
  | 'role_unknown'
  | 'role_not_yours'
  | 'agency_unknown'
  | 'successor_unfit';

export class EntryRefused extends Error {
  override readonly name = 'EntryRefused';

  constructor(
    readonly field: string,
    readonly problem: EntryProblem,
  ) {
    super(`${field}: ${problem}`);
  }
}
