/** The stream is not at the version, or does not have the head, that the decision was based on. */
export class ConcurrencyConflict extends Error {
  override readonly name = 'ConcurrencyConflict';
  readonly streamId: string;
  readonly expected: number;
  /** The version found, or undefined when a race was lost before it could be read. */
  readonly present: number | undefined;

  constructor(streamId: string, expected: number, present?: number, options?: ErrorOptions) {
    super(`stream ${streamId} is not at version ${expected}`, options);
    this.streamId = streamId;
    this.expected = expected;
    this.present = present;
  }
}

/** The stream holds the events of this command already. */
export class DuplicateCommand extends Error {
  override readonly name = 'DuplicateCommand';
  readonly streamId: string;
  readonly commandId: string;

  constructor(streamId: string, commandId: string, options?: ErrorOptions) {
    super(`stream ${streamId} has command ${commandId} already`, options);
    this.streamId = streamId;
    this.commandId = commandId;
  }
}

/**
 * A transaction that began later has already written to the stream; written now, the events would show in the feed
 * before those they follow. The unit of work runs the transaction again, so this surfaces only when it keeps losing.
 */
export class OrderRetry extends Error {
  override readonly name = 'OrderRetry';
  readonly streamId: string;

  constructor(streamId: string, options?: ErrorOptions) {
    super(`a younger transaction has written to stream ${streamId}`, options);
    this.streamId = streamId;
  }
}

/** The stream was closed for good when its child was erased. */
export class StreamErased extends Error {
  override readonly name = 'StreamErased';
  readonly streamId: string;

  constructor(streamId: string, options?: ErrorOptions) {
    super(`stream ${streamId} is erased`, options);
    this.streamId = streamId;
  }
}
