import { request, type IncomingHttpHeaders } from 'node:http';

/** One call of the job and its answer, in the order of the run. */
export interface Exchange {
  /** As in `f1-j2`: the flow and the job of it. */
  readonly step: string;
  readonly method: string;
  /** Path and query exactly as sent: nothing in it is encoded on the way. */
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when the answer is no JSON. */
  readonly body: unknown;
  /** Real time from asking to the end of the answer. */
  readonly milliseconds: number;
}

/** The job ends here: it knows no way on from this answer. Nothing that stood after it is sent. */
export class JobStopped extends Error {
  constructor(readonly exchange: Exchange) {
    super(`${exchange.step} ${exchange.method} ended with ${exchange.status}`);
  }
}

/** Sends requests that no modern client lets one send, such as a GET with a body, and keeps every answer. */
export class Wire {
  readonly exchanges: Exchange[] = [];
  step = '';

  /** @throws JobStopped for a status that is no success, and for an answer to a write that holds no JSON */
  async ask(
    base: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<unknown> {
    const exchange = await this.#send(base, method, path, headers, body);
    this.exchanges.push(exchange);
    if (exchange.status >= 300) throw new JobStopped(exchange);
    return exchange.body;
  }

  get last(): Exchange | undefined {
    return this.exchanges.at(-1);
  }

  #send(base: string, method: string, path: string, headers: Record<string, string>, body: unknown): Promise<Exchange> {
    const { hostname, port, pathname } = new URL(base);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const call = request(
        {
          ...{ hostname, port, method, path: pathname.replace(/\/$/, '') + path },
          headers: { ...headers, ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }) },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              ...{ step: this.step, method, path, status: answer.statusCode ?? 0, headers: answer.headers },
              body: parsed(Buffer.concat(chunks).toString()),
              milliseconds: performance.now() - started,
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(text);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
