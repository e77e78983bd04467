import type { Caller } from '#libs/access';
import { CommandRefused, type CaseCommands, type Envelope } from '#libs/case-commands';

import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { EntryRefused, IdentityRefused } from '../refusal.js';
import type { Sessions } from '../sessions/sessions.js';
import { administers } from './administrators.js';

/** Somebody leaves, and somebody else at the agency keeps their cases from now on. */
export interface Leaver {
  readonly staffId: string;
  readonly successor: string;
}

export interface Left {
  /** Cases that the successor has now. */
  readonly assigned: number;
  /** Cases that the successor may not have; they wait for somebody else. */
  readonly waiting: number;
}

interface OpenCase {
  readonly id: string;
  /** Responsible for it, whoever keeps it there. */
  readonly agency: string;
}

/** Closes the account of somebody who leaves, first of all; then hands their open cases over, one command each. */
export class Leaving {
  readonly #parts: IdentityParts;
  readonly #sessions: Sessions;
  readonly #commands: CaseCommands;

  constructor(parts: IdentityParts, sessions: Sessions, commands: CaseCommands) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#commands = commands;
  }

  /**
   * Asked again, it goes on where it was broken off, or hands over to somebody else what is still waiting.
   *
   * @throws IdentityRefused `not-found`, `not-administrator`; EntryRefused
   */
  async leave(leaver: Leaver, caller: Caller, envelope: Envelope): Promise<Left> {
    await this.#close(leaver, caller);
    const counts = { assigned: 0, waiting: 0 };
    for (const open of await this.#openCasesOf(leaver.staffId)) {
      if (await this.#assign(open, leaver.successor, envelope)) counts.assigned += 1;
      else counts.waiting += 1;
    }
    return counts;
  }

  async #close({ staffId, successor }: Leaver, caller: Caller): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, async (tx) => {
      const text = `SELECT id, agency, active FROM staff WHERE tenant_id = $1 AND id IN ($2, $3) ORDER BY id FOR UPDATE`;
      const rows = await tx.query<{ id: string; agency: string; active: boolean }>('staff_leaving', text, [
        ...[context.tenant, staffId, successor],
      ]);
      const member = rows.find(({ id }) => id === staffId);
      if (member === undefined) throw new IdentityRefused('not-found');
      if (!administers(caller, { agency: member.agency, staffId })) throw new IdentityRefused('not-administrator');
      const follows = rows.find(({ id }) => id === successor);
      if (follows?.active !== true || follows.agency !== member.agency || successor === staffId) {
        throw new EntryRefused('successor', 'successor_unfit');
      }
      if (!member.active) return;
      const key = [context.tenant, staffId];
      tx.send('staff_leave', 'UPDATE staff SET active = false WHERE tenant_id = $1 AND id = $2', key);
      const close = `UPDATE accounts SET closed_at = $3, password_hash = NULL, totp_secret = NULL, totp_offered = NULL
        WHERE tenant_id = $1 AND staff_id = $2`;
      tx.send('account_close', close, [...key, clock.now()]);
      tx.send('leaver_invitations', 'DELETE FROM invitations WHERE tenant_id = $1 AND staff_id = $2', key);
      tx.send('leaver_passkeys', 'DELETE FROM passkeys WHERE tenant_id = $1 AND staff_id = $2', key);
      await this.#sessions.endAll(tx, staffId, { by: caller.id, because: 'left' });
      noteIdentityEvent(tx, clock.now(), { kind: 'left', subject: staffId, by: caller.id, detail: successor });
    });
  }

  async #openCasesOf(staffId: string): Promise<OpenCase[]> {
    const { database, context } = this.#parts;
    const text = `SELECT stream_id AS id, agency FROM case_summary
      WHERE tenant_id = $1 AND owner = $2 AND NOT ended ORDER BY stream_id`;
    return database.read(context, (queries) =>
      queries.query<OpenCase>('cases_of_leaver', text, [context.tenant, staffId]),
    );
  }

  async #assign({ id: caseId, agency }: OpenCase, owner: string, envelope: Envelope): Promise<boolean> {
    const occurredAt = this.#parts.clock.now();
    const command = { type: 'AssignCase', data: { owner, agency }, occurredAt, precision: 'moment' } as const;
    try {
      await this.#commands.execute({ ...envelope, caseId, command });
      return true;
    } catch (error) {
      if (error instanceof CommandRefused) return false;
      throw error;
    }
  }
}
