/** A person's wish to stop: the first signal asks for an orderly end, a later one for an end at once. */
export interface StopRequest {
  readonly asked: AbortSignal;
  readonly forced: AbortSignal;
  /** Gives the signals back to the system. */
  forget(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on the Ctrl-C that the terminal has delivered already: twice within this time is once. */
const echoMs = 1_000;

export function listenForStop(): StopRequest {
  const asked = new AbortController();
  const forced = new AbortController();
  let askedAt = 0;
  const heard = () => {
    if (!asked.signal.aborted) {
      askedAt = performance.now();
      asked.abort();
    } else if (performance.now() - askedAt > echoMs) {
      forced.abort();
    }
  };
  for (const signal of signals) process.on(signal, heard);
  return {
    asked: asked.signal,
    forced: forced.signal,
    forget: () => {
      for (const signal of signals) process.off(signal, heard);
    },
  };
}

/** Resolves when the signal fires; at once when it has. */
export function fired(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
