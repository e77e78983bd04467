import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a fake target heard it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly json: unknown;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
  /** The connection is cut instead of an answer, after all was done. */
  readonly cut?: boolean;
}

/** A server that answers JSON and remembers what it heard. */
export class FakeServer {
  readonly heard: Heard[] = [];
  /** Answers before the real one is worked out, one request each; `undefined` lets a request pass. */
  readonly next: (((heard: Heard) => Answer | undefined) | undefined)[] = [];
  readonly #server: http.Server;

  constructor(answer: (heard: Heard) => Answer) {
    this.#server = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://fake');
        const body = Buffer.concat(parts).toString();
        const heard: Heard = {
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          json: body === '' ? undefined : (JSON.parse(body) as unknown),
        };
        this.heard.push(heard);
        const { status, json, text, headers, cut } = this.next.shift()?.(heard) ?? answer(heard);
        if (cut === true) return void response.destroy();
        response.writeHead(status, headers).end(text ?? (json === undefined ? undefined : JSON.stringify(json)));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  calls(method: string, path: RegExp): Heard[] {
    return this.heard.filter((each) => each.method === method && path.test(each.path));
  }
}
