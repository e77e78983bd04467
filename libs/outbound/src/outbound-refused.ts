/** Why something was not sent, or its answer not taken. */
export type OutboundReason = 'scheme' | 'credentials' | 'host' | 'address' | 'redirect' | 'too_large' | 'too_slow';

/** A request was refused here, before or instead of an answer. `code` says why; the address stays out of every log. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';

  constructor(readonly code: OutboundReason) {
    super(code);
  }
}
