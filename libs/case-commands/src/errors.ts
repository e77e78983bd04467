import type { Refusal } from '#libs/cases';

/** The core refused; `version` is that of the case as it was found. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';

  constructor(
    readonly refusal: Refusal,
    readonly version: number,
  ) {
    super(refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).join('; '));
  }
}

/** The caller's version is not the present one, or the race was lost to the end. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  constructor(
    readonly kind: 'precondition' | 'race',
    readonly version: number,
  ) {
    super(`the present version is ${version}`);
  }
}

/** The idempotency key was used before, with another request. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
}
