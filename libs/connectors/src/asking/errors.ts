/** No usable answer: none at all, none in time, none that is JSON, or one that says that the target is in trouble. */
export class TargetAway extends Error {
  override readonly name = 'TargetAway';

  /**
   * @param code what was the matter, never a text of the target
   * @param unanswered whether the request may have been carried out all the same
   */
  constructor(
    readonly code: string,
    readonly unanswered: boolean,
    readonly status?: number,
  ) {
    super(code);
  }
}

/** The target asks for patience (429, 503). */
export class TargetBusy extends Error {
  override readonly name = 'TargetBusy';

  constructor(
    readonly status: number,
    readonly retryAfterMs: number,
  ) {
    super(String(status));
  }
}

/** The target answered about this record alone: it does not take it, or has not got it. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';

  /** @param fields names of fields that it objects to, never a value */
  constructor(
    readonly status: number,
    readonly fields: readonly string[],
  ) {
    super([String(status), ...fields].join(' '));
  }
}
