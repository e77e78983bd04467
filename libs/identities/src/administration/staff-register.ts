import type { Caller } from '#libs/access';
import type { Transaction } from '#libs/database';
import type { RoleCode } from '#libs/pathways';

import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { EntryRefused, IdentityRefused } from '../refusal.js';
import type { Sessions } from '../sessions/sessions.js';
import { administers, mayGive, rolesOfPeople } from './administrators.js';
import type { Invitation, Invitations } from './invitations.js';

/** Somebody who comes to work at an agency. */
export interface NewMember {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly RoleCode[];
  readonly title: string;
  readonly email?: string | undefined;
  readonly language?: 'km' | 'en' | undefined;
}

/** A member of staff as their administrators see them. */
export interface StaffEntry {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly RoleCode[];
  readonly title: string;
  readonly active: boolean;
  /** Whether they have joined, so that they can sign in. */
  readonly joined: boolean;
}

/** Ids of programs begin so; nobody who is a person has one. */
export const servicePrefix = 'svc-';

/** Who works where, as supervisors keep it: joining, other roles, invitations. */
export class StaffRegister {
  readonly #parts: IdentityParts;
  readonly #invitations: Invitations;
  readonly #sessions: Sessions;

  constructor(parts: IdentityParts, invitations: Invitations, sessions: Sessions) {
    this.#parts = parts;
    this.#invitations = invitations;
    this.#sessions = sessions;
  }

  /** Those whose accounts the caller administers. */
  async of(caller: Caller): Promise<StaffEntry[]> {
    const { database, context } = this.#parts;
    const text = `SELECT s.id, s.agency, s.roles, s.title, s.active, a.opened_at IS NOT NULL AND a.closed_at IS NULL AS joined
      FROM staff s LEFT JOIN accounts a ON a.tenant_id = s.tenant_id AND a.staff_id = s.id
      WHERE s.tenant_id = $1 ORDER BY s.agency, s.id`;
    const all = await database.read(context, (queries) =>
      queries.query<StaffEntry>('staff_register', text, [context.tenant]),
    );
    return all.filter(({ agency }) => administers(caller, { agency }));
  }

  /**
   * Enters somebody and invites them. With nobody asking, it is an operator at the console of the machine.
   *
   * @throws IdentityRefused `not-administrator`, `already-exists`; EntryRefused
   */
  async enter(member: NewMember, caller?: Caller): Promise<Invitation> {
    const { database, context } = this.#parts;
    const { id, agency, roles, title, email, language } = member;
    if (caller !== undefined && !administers(caller, { agency })) throw new IdentityRefused('not-administrator');
    assertRoles(roles, caller);
    if (id.startsWith(servicePrefix)) throw new IdentityRefused('already-exists');
    return database.unitOfWork.run(context, async (tx) => {
      await assertAgency(tx, agency);
      const text = `INSERT INTO staff (tenant_id, id, agency, roles, title, province, email, language)
        SELECT $1, $2, id, $4, $5, province, $6, $7 FROM agencies WHERE tenant_id = $1 AND id = $3
        ON CONFLICT DO NOTHING RETURNING id`;
      const values = [context.tenant, id, agency, roles, title, email ?? null, language ?? 'km'];
      if ((await tx.query('staff_enter', text, values)).length === 0) throw new IdentityRefused('already-exists');
      return this.#invitations.invite(tx, id, caller?.id ?? 'operator');
    });
  }

  /** @throws IdentityRefused `not-found`, `not-administrator` */
  async inviteAgain(staffId: string, caller: Caller): Promise<Invitation> {
    const { database, context } = this.#parts;
    return database.unitOfWork.run(context, async (tx) => {
      await memberUnder(tx, staffId, caller);
      return this.#invitations.invite(tx, staffId, caller.id);
    });
  }

  /** @throws IdentityRefused `not-found`, `not-administrator`; EntryRefused */
  async giveRoles(staffId: string, roles: readonly RoleCode[], caller: Caller): Promise<void> {
    const { database, context, clock } = this.#parts;
    assertRoles(roles, caller);
    await database.unitOfWork.run(context, async (tx) => {
      await memberUnder(tx, staffId, caller);
      const text = 'UPDATE staff SET roles = $3 WHERE tenant_id = $1 AND id = $2';
      tx.send('staff_roles', text, [context.tenant, staffId, roles]);
      const detail = roles.join(' ');
      noteIdentityEvent(tx, clock.now(), { kind: 'roles_given', subject: staffId, by: caller.id, detail });
    });
  }

  /** Their ways to sign in stay as they are. @throws IdentityRefused `not-found`, `not-administrator` */
  async endSessions(staffId: string, caller: Caller): Promise<void> {
    const { database, context } = this.#parts;
    await database.unitOfWork.run(context, async (tx) => {
      await memberUnder(tx, staffId, caller);
      await this.#sessions.endAll(tx, staffId, { by: caller.id, because: 'administrator' });
    });
  }
}

/**
 * A member of staff who has not left and whose account the caller administers, held until the transaction ends.
 *
 * @throws IdentityRefused `not-found`, `not-administrator`
 */
export async function memberUnder(tx: Transaction, staffId: string, caller: Caller): Promise<{ agency: string }> {
  const text = 'SELECT agency FROM staff WHERE tenant_id = $1 AND id = $2 AND active FOR UPDATE';
  const [row] = await tx.query<{ agency: string }>('staff_under', text, [tx.context.tenant, staffId]);
  if (row === undefined) throw new IdentityRefused('not-found');
  if (!administers(caller, { agency: row.agency, staffId })) throw new IdentityRefused('not-administrator');
  return row;
}

function assertRoles(roles: readonly RoleCode[], caller: Caller | undefined): void {
  for (const [index, role] of roles.entries()) {
    if (!rolesOfPeople.includes(role)) throw new EntryRefused(`roles.${index}`, 'role_unknown');
    if (caller !== undefined && !mayGive(caller, role)) throw new EntryRefused(`roles.${index}`, 'role_not_yours');
  }
}

async function assertAgency(tx: Transaction, agency: string): Promise<void> {
  const text = 'SELECT FROM agencies WHERE tenant_id = $1 AND id = $2';
  if ((await tx.query('staff_agency_known', text, [tx.context.tenant, agency])).length === 0) {
    throw new EntryRefused('agency', 'agency_unknown');
  }
}
