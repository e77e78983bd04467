import { once } from 'node:events';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** A real mail server on the loopback device, which keeps what it is given and refuses when told to. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** Refuses that many messages before it takes the next. */
  refusals = 0;
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (_address, _session, done) => {
        if (this.refusals === 0) return done();
        this.refusals -= 1;
        return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
      },
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void this.#keep(Buffer.concat(chunks)).then(() => done(), done));
      },
    });
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    const listening = server.#server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #keep(message: Buffer): Promise<void> {
    this.received.push({ raw: message.toString(), parsed: await simpleParser(message) });
  }
}
