import type { ClientBase, Pool } from 'pg';
import { DataSource } from 'typeorm';

import { connectionSettings, programRole } from './connection.js';
import type { DatabaseContext } from './context.js';
import { borrow } from './borrow.js';
import { GroupCommit } from './group-commit.js';
import { Session, type SessionAccess } from './session.js';
import { Signals } from './signals.js';
import type { Queryable } from './transaction.js';
import { UnitOfWork } from './unit-of-work.js';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/name`. The user is the program's role or may become it. */
  url: string;
  /** Connections at most; one is held for as long as a transaction lasts. */
  poolSize?: number;
  /** Shown to the operator in pg_stat_activity. */
  applicationName?: string;
}

const defaultPoolSize = 10;
const connectTimeoutMs = 5_000;

/**
 * The program's side of the database: one pool, through which everything passes as plain SQL in a transaction with a
 * context. TypeORM opens and owns the pool and runs the migrations; its repositories and managers are not handed out,
 * because they would take other connections, without the context.
 */
export class Database {
  readonly unitOfWork: UnitOfWork;
  readonly signals: Signals;
  readonly #source: DataSource;
  readonly #access: SessionAccess;

  private constructor(source: DataSource, pool: Pool, signals: Signals) {
    this.#source = source;
    this.#access = { connect: () => borrow(pool), commits: new GroupCommit(pool) };
    this.unitOfWork = new UnitOfWork(this.#access);
    this.signals = signals;
  }

  /** @throws when the database does not answer within a few seconds or refuses the role. */
  static async open({
    url,
    poolSize = defaultPoolSize,
    applicationName = 'spean',
  }: DatabaseOptions): Promise<Database> {
    const settings = connectionSettings(url, programRole);
    const source = new DataSource({
      type: 'postgres',
      applicationName,
      poolSize,
      connectTimeoutMS: connectTimeoutMs,
      installExtensions: false,
      poolErrorHandler: ignoreLoss,
      extra: { ...settings, pipeline: true, onConnect: (client: ClientBase) => client.on('error', ignoreLoss) },
    });
    await source.initialize();
    return new Database(source, poolOf(source), new Signals(settings));
  }

  /** Runs queries in one read-only transaction with the context, all of them on the same snapshot. */
  async read<Result>(context: DatabaseContext, work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    const session = new Session(this.#access, context, 'read only');
    try {
      return await work(session);
    } catch (error) {
      throw session.failure ?? error;
    } finally {
      // Nothing depends on how a reader ends, so nobody waits for it: the next user's statements queue up behind.
      void session.rollback();
      void session.release();
    }
  }

  async close(): Promise<void> {
    await this.signals.close();
    await this.#source.destroy();
  }
}

/** The driver keeps its pool in `master`, which its public type does not show. */
function poolOf(source: DataSource): Pool {
  return (source.driver as unknown as { master: Pool }).master;
}

/**
 * A connection that breaks while in use fails its statements, and an idle one is dropped and replaced by the pool; but
 * without a listener on both, the loss would end the process.
 */
const ignoreLoss = () => undefined;
