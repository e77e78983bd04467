import type { DatabaseContext } from './context.js';

/** Where queries go. Every statement runs inside a transaction that carries the context. */
export interface Queryable {
  readonly context: DatabaseContext;

  /**
   * Runs one statement and hands back its rows. The name makes it a prepared statement of the connection; one name
   * always goes with one text. An empty name is for statements whose text varies.
   *
   * Statements that do not need each other's rows should be started together and awaited together: they then share a
   * round trip.
   */
  query<Row extends object>(name: string, text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A transaction that writes, handed out by the unit of work and dead when that ends. */
export interface Transaction extends Queryable {
  /**
   * Sends a statement whose rows nobody needs. It is not awaited; when it fails, the whole transaction fails with its
   * error, or with what `explain` makes of that error, and nothing sent after it takes effect.
   */
  send(name: string, text: string, values?: readonly unknown[], explain?: (error: Error) => Error): void;

  /**
   * Says which stream the transaction locks first. One that locks a single stream and asks nothing shares its commit with
   * others of the moment.
   */
  locks(stream: string): void;

  /** Something to do once the transaction is committed. A hint: it is lost when the process dies in between. */
  afterCommit(hint: () => void): void;
}
