import { performance } from 'node:perf_hooks';

import { v7 as uuidv7 } from 'uuid';

import { milliseconds } from '#libs/calendar';
import type { Transaction } from '#libs/database';

import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { digestOf, newToken } from '../secret-token.js';
import { dayMs, later, minuteMs } from '../time.js';
import { isOver, type OpenedSession, type Session, type SessionStage } from './session.js';
import * as table from './session-table.js';

/** A revocation is known everywhere within this time, which must stay under five seconds. */
const rememberedForMs = 3_000;
const rememberedAtMost = 5_000;
/** How often it is written down that a session is used. */
const seenEveryMs = minuteMs;
const keptForMs = 30 * dayMs;

/** What a session begins with. */
export interface Opening {
  readonly staffId: string;
  readonly stage: SessionStage;
  readonly device: string;
  readonly browser: boolean;
}

/** Sessions of members of staff: random tokens, of which the database knows the digest alone. */
export class Sessions {
  readonly #parts: IdentityParts;
  readonly #remembered = new Map<string, { session: Session; until: number }>();

  constructor(parts: IdentityParts) {
    this.#parts = parts;
  }

  /** @returns undefined for a token of no session, or of one that is over. @throws DatabaseUnavailable */
  async find(token: string): Promise<Session | undefined> {
    const digest = digestOf(token);
    const session = this.#recall(digest) ?? (await this.#lookUp(digest));
    const now = this.#parts.clock.now();
    if (session === undefined || isOver(session, now)) return undefined;
    if (milliseconds(session.seenAt, now) <= seenEveryMs) return session;
    const { database, context } = this.#parts;
    await database.unitOfWork.run(context, (tx) => table.markSeen(tx, session.id, now));
    return this.#remember(digest, { ...session, seenAt: now });
  }

  /** Begins a session within the transaction in which its owner proved who they are. */
  open(tx: Transaction, { staffId, stage, device, browser }: Opening): OpenedSession {
    const now = this.#parts.clock.now();
    const token = newToken();
    const provedAt = stage === 'open' ? now : undefined;
    const session = { id: uuidv7(), staffId, stage, device, browser, openedAt: now, seenAt: now, provedAt };
    table.forgetOld(tx, staffId, later(now, -keptForMs));
    table.addSession(tx, session, digestOf(token));
    noteIdentityEvent(tx, now, { kind: 'signed_in', subject: staffId, session: session.id, detail: stage });
    return { token, session };
  }

  /**
   * Gives a session whose owner has just proved who they are a new token and all their rights. Whoever knows the old
   * token has nothing.
   *
   * @returns undefined when the session has ended meanwhile
   */
  async renew(tx: Transaction, { id }: Session): Promise<OpenedSession | undefined> {
    const token = newToken();
    const session = await table.renew(tx, id, digestOf(token), this.#parts.clock.now());
    tx.afterCommit(() => this.#forget((each) => each.id === id));
    return session && { token, session };
  }

  /** Those that are not over, the one used last first. */
  async of(staffId: string): Promise<Session[]> {
    const { database, context, clock } = this.#parts;
    const sessions = await database.read(context, (queries) => table.listOf(queries, staffId));
    return sessions.filter((session) => !isOver(session, clock.now()));
  }

  /** @returns whether it was theirs and not over */
  async end(staffId: string, id: string): Promise<boolean> {
    const { database, context, clock } = this.#parts;
    const now = clock.now();
    return database.unitOfWork.run(context, async (tx) => {
      const ended = await table.endOne(tx, staffId, id, now);
      if (ended) noteIdentityEvent(tx, now, { kind: 'session_ended', subject: staffId, session: id });
      tx.afterCommit(() => this.#forget((each) => each.id === id));
      return ended;
    });
  }

  async endOthers(staffId: string, kept: string): Promise<void> {
    const { database, context } = this.#parts;
    await database.unitOfWork.run(context, (tx) => this.endAll(tx, staffId, { but: kept }));
  }

  /**
   * Ends every session of a person, or all but one.
   *
   * @returns how many
   */
  async endAll(
    tx: Transaction,
    staffId: string,
    { but, by, because }: { but?: string; by?: string; because?: string } = {},
  ): Promise<number> {
    const now = this.#parts.clock.now();
    const ended = await table.endAllBut(tx, staffId, now, but);
    noteIdentityEvent(tx, now, { kind: 'sessions_ended', subject: staffId, by, session: but, detail: because });
    tx.afterCommit(() => this.#forget((each) => each.staffId === staffId && each.id !== but));
    return ended.length;
  }

  #recall(digest: Buffer): Session | undefined {
    const remembered = this.#remembered.get(digest.toString('hex'));
    return remembered !== undefined && remembered.until > performance.now() ? remembered.session : undefined;
  }

  async #lookUp(digest: Buffer): Promise<Session | undefined> {
    const { database, context } = this.#parts;
    const session = await database.read(context, (queries) => table.findByDigest(queries, digest));
    if (session !== undefined) return this.#remember(digest, session);
    this.#remembered.delete(digest.toString('hex'));
    return undefined;
  }

  #remember(digest: Buffer, session: Session): Session {
    if (this.#remembered.size >= rememberedAtMost) this.#remembered.clear();
    const key = digest.toString('hex');
    // What is remembered again because it was used is not looked up any later for that.
    const until = this.#remembered.get(key)?.until ?? 0;
    const now = performance.now();
    this.#remembered.set(key, { session, until: until > now ? until : now + rememberedForMs });
    return session;
  }

  #forget(which: (session: Session) => boolean): void {
    for (const [key, { session }] of this.#remembered) if (which(session)) this.#remembered.delete(key);
  }
}
