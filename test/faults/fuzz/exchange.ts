/** A request as it goes onto the wire. */
export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  /** A list sends the header several times. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** What was done to it: for the report. */
  readonly kind: string;
}

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends a request and waits for its answer; `undefined` where the connection was closed instead. */
export type Ask = (request: FuzzRequest) => Promise<FuzzAnswer | undefined>;
