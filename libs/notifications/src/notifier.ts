import { errorName, pauseAfter } from '#libs/background';
import { milliseconds, type Clock, type Instant } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import type { Log } from '#libs/logging';
import { escalationOf, staffFor, type Escalation } from './escalation.js';
import { addNotice, markMailed, toldOf, type ToldMember } from './inbox.js';
import { messageIdOf, type Mailer } from './mailer.js';
import { claim, markDone, markFailed, type OwedNotice } from './outbox.js';
import { mayHear, peopleToTell, type StaffMember } from './recipients.js';
import { render, type MessageText, type TemplateName } from './templates.js';

/** Longer than sending to all recipients of a rung may take. */
const claimMs = 2 * 60_000;
/** A mail that could not be delivered for this long says nothing any more that the inbox does not. */
const mailForMs = 3 * 24 * 60 * 60_000;

/** No member of staff holds any of the roles that the ladder names. Tried again: somebody may be appointed. */
export class NobodyToTell extends Error {
  override readonly name = 'NobodyToTell';
}

export interface NotifierParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: notices reach the inbox alone. */
  readonly mailer?: Mailer;
  /** Where staff sign in. */
  readonly link: string;
}

/** Tells the people whom an escalation is meant for: in their inbox first, then by mail. */
export class Notifier {
  readonly #parts: NotifierParts;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  /**
   * Sends one notice, unless it was sent or somebody else is at it. What fails is noted and tried again later.
   *
   * @throws DatabaseUnavailable, CommitOutcomeUnknown
   */
  async notify(notice: OwedNotice): Promise<void> {
    const { database, context, clock, log } = this.#parts;
    const now = clock.now();
    const attempt = await database.unitOfWork.run(context, (tx) => claim(tx, notice, now, later(now, claimMs)));
    if (attempt === undefined) return;
    try {
      const gaveUpOn = await this.#tell(notice);
      await database.unitOfWork.run(context, (tx) => markDone(tx, notice, clock.now(), gaveUpOn));
    } catch (error) {
      const { streamId, version } = notice;
      log.warn('a notice could not be sent', { streamId, version, count: attempt, error });
      const nextTryAt = later(clock.now(), pauseAfter(attempt));
      await database.unitOfWork.run(context, (tx) => markFailed(tx, notice, nextTryAt, errorName(error)));
    }
  }

  /** @returns the error that was given up on, if any */
  async #tell(notice: OwedNotice): Promise<string | undefined> {
    const { database, context } = this.#parts;
    const [escalation, alreadyTold] = await database.read(context, (queries) =>
      Promise.all([escalationOf(queries, notice), toldOf(queries, notice)]),
    );
    const told = alreadyTold.length > 0 ? alreadyTold : await this.#putInInbox(notice, escalation);
    return this.#mail(notice, escalation, told);
  }

  /** All recipients in one transaction: whoever repeats this finds either all of them or none. */
  async #putInInbox(notice: OwedNotice, escalation: Escalation): Promise<ToldMember[]> {
    const { database, context, clock } = this.#parts;
    const { code, says, rungs, concerned } = escalation;
    const staff = await database.read(context, (queries) => staffFor(queries, escalation));
    const people = peopleToTell(rungs, concerned, staff);
    if (people.length === 0) throw new NobodyToTell('no recipient');
    const createdAt = clock.now();
    await database.unitOfWork.run(context, (tx) => {
      for (const person of people) {
        const { subject } = this.#message(escalation, person);
        const overdue = says === 'overdue';
        addNotice(tx, notice, { recipient: person.id, code, subject, overdue, createdAt });
      }
    });
    return people.map((person) => ({ ...person, active: true, mailed_at: null }));
  }

  /**
   * Each recipient by themselves, so that one refused address keeps nobody else waiting. A conflict of interest may
   * have been declared since the inbox was written, so it is looked at again.
   */
  async #mail(notice: OwedNotice, escalation: Escalation, told: readonly ToldMember[]): Promise<string | undefined> {
    const waiting = told.filter(
      (person) => person.mailed_at === null && person.active && mayHear(person, escalation.concerned),
    );
    let failure: Error | undefined;
    for (const person of waiting) {
      await this.#mailTo(notice, escalation, person).catch((error: unknown) => (failure ??= error as Error));
    }
    if (failure === undefined) return undefined;
    if (milliseconds(escalation.raisedAt, this.#parts.clock.now()) > mailForMs) return errorName(failure);
    throw failure;
  }

  async #mailTo(notice: OwedNotice, escalation: Escalation, person: ToldMember): Promise<void> {
    const { mailer, database, context, clock } = this.#parts;
    if (mailer === undefined || person.email === null) return;
    await mailer.send(person.email, this.#message(escalation, person), messageIdOf(notice, person.id));
    await database.unitOfWork.run(context, (tx) => markMailed(tx, notice, person.id, clock.now()));
  }

  #message({ kind, says, code }: Escalation, { language }: StaffMember): MessageText {
    return render(templateFor[kind][says], language, { code, link: this.#parts.link });
  }
}

const templateFor = {
  case: { overdue: 'overdue', dueSoon: 'dueSoon', alert: 'alert' },
  facility: { overdue: 'facilityOverdue', dueSoon: 'facilityDueSoon', alert: 'facilityAlert' },
} as const satisfies Record<Escalation['kind'], Record<Escalation['says'], TemplateName>>;

const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();
