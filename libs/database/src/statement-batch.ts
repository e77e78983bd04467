import pg, { type Connection } from 'pg';
import { serialize } from 'pg-protocol';

import { wireValue } from './wire-value.js';

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How a batch failed, and at which statement; past the last one means at the commit that its end brought about. */
export interface BatchFailure {
  readonly error: Error;
  readonly index: number;
}

/** What pg keeps with a connection about the statements prepared on it, beyond what its types show. */
interface BatchConnection extends Connection {
  readonly parsedStatements: Record<string, string>;
  /** Those whose parsing was asked for and not yet confirmed. */
  readonly submittedNamedStatements: Record<string, string>;
}

/**
 * Several statements under one Sync, written at once. PostgreSQL runs what stands before a Sync as one transaction
 * (unless one is open already), skips the rest when one fails, and answers once: no BEGIN and COMMIT to parse, and no
 * answer to write and read for each statement. What rows the statements yield is not wanted and not described.
 */
export class StatementBatch extends pg.Query {
  readonly #statements: readonly Statement[];
  readonly #settle: (failure?: BatchFailure) => void;
  readonly #newlyPrepared: string[] = [];
  #completed = 0;

  private constructor(statements: readonly Statement[], settle: (failure?: BatchFailure) => void) {
    super('', () => undefined);
    this.#statements = statements;
    this.#settle = settle;
    // pg's types declare it as a property, which a method could not override.
    this.submit = (connection) => this.#write(connection as BatchConnection);
  }

  /** Resolves to the failure, if any, once PostgreSQL has answered. A batch that failed has changed nothing. */
  static run(client: pg.ClientBase, statements: readonly Statement[]): Promise<BatchFailure | undefined> {
    return new Promise((resolve) => {
      client.query(new StatementBatch(statements, resolve));
    });
  }

  /** Hands an error back, as pg wants it, when a statement can't be written; then none is. */
  #write(connection: BatchConnection): Error | null {
    try {
      const messages = this.#statements.flatMap((statement) => this.#messagesFor(statement, connection));
      messages.push(serialize.sync());
      connection.stream.write(Buffer.concat(messages));
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  #messagesFor({ name, text, values }: Statement, connection: BatchConnection): Buffer[] {
    const { parsedStatements, submittedNamedStatements } = connection;
    const messages = [serialize.bind({ statement: name, values: values.map(wireValue) }), serialize.execute()];
    const prepared = parsedStatements[name] ?? submittedNamedStatements[name];
    if (prepared !== undefined && prepared !== text) {
      throw new Error(`the name '${name}' stands for another statement already`);
    }
    if (prepared === undefined) {
      messages.unshift(serialize.parse({ name, text }));
      if (name !== '') {
        parsedStatements[name] = text;
        this.#newlyPrepared.push(name);
      }
    }
    return messages;
  }

  // What pg calls when the server's answers to this batch arrive.

  handleDataRow(): void {
    // nobody asked for it
  }

  handleCommandComplete(): void {
    this.#completed += 1;
  }

  handleError(error: Error, connection: BatchConnection): void {
    this.#forgetPrepared(connection);
    this.#settle({ error, index: this.#completed });
  }

  handleReadyForQuery(): void {
    this.#settle();
  }

  /** Which of the new ones PostgreSQL had parsed before the failure is unknown; closing one that isn't there is fine. */
  #forgetPrepared({ parsedStatements, stream }: BatchConnection): void {
    for (const name of this.#newlyPrepared) {
      Reflect.deleteProperty(parsedStatements, name);
      stream.write(serialize.close({ type: 'S', name }));
    }
  }
}
