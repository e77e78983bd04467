import { randomBytes } from 'node:crypto';

import type { Clock, Instant } from '#libs/calendar';
import { supervises, type PersonNames } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import type { MasterKey, WrappedColumn } from '#libs/privacy';
import type { Purpose, ReadAudit } from '#libs/read-audit';
import { casesToTakeOut, type CaseQueries, type Caller, type CaseToTakeOut } from '#libs/read-models';
import { v7 as uuidv7 } from 'uuid';

import { encryptExport, keyOf, newSalt, type ExportFile } from './export-file.js';
import { honeyId, rowId } from './row-id.js';
import {
  addExport,
  alertIfHoney,
  allExports,
  approveExport,
  findExport,
  type LookUp,
  type StoredExport,
} from './store.js';
import { writeTable, type ExportRow } from './table.js';

export interface ExportParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly masterKey: MasterKey;
  readonly queries: Pick<CaseQueries, 'findCase'>;
  readonly readAudit: ReadAudit;
}

/** Field classes that may leave in a table. */
export const exportClasses = ['identity', 'location'] as const;
export type ExportClass = (typeof exportClasses)[number];

export interface ExportAsked {
  readonly reason: string;
  readonly purpose: Purpose;
  readonly classes: readonly ExportClass[];
  readonly passphrase: string;
}

/** Why an export can't be had, or not yet, or not by this person. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';

  constructor(readonly code: 'needs_approval' | 'expired' | 'needs_second_person' | 'needs_supervisor') {
    super(code);
  }
}

/** More rows than that leave only when a second person agrees; so does where children live. */
const mostAlone = 200;
const openForMs = 24 * 3_600_000;
const rowKeyBytes = 32;

/** Tables of cases that people take out of the program. */
export class Exports {
  readonly #parts: ExportParts;

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Fixes which cases leave: those that the asker sees now. */
  async ask({ passphrase, ...asked }: ExportAsked, caller: Caller): Promise<StoredExport> {
    const { database, context, clock, masterKey } = this.#parts;
    const cases = await database.read(context, (queries) => casesToTakeOut(queries, caller));
    const needsApproval = cases.length > mostAlone || asked.classes.includes('location');
    const [id, salt, askedAt] = [uuidv7(), newSalt(), clock.now()];
    const stored: StoredExport = {
      ...asked,
      ...{ id, askedAt, needsApproval, salt, askedBy: caller.id, agency: caller.agency },
      caseIds: cases.map(({ caseId }) => caseId),
      honey: honeyId(),
      approvedBy: null,
      opensAt: needsApproval ? null : askedAt,
      wrappedKey: await masterKey.wrap(await keyOf(passphrase, salt), fileContext(id)),
      wrappedRowKey: await masterKey.wrap(randomBytes(rowKeyBytes), rowContext(id)),
    };
    await database.unitOfWork.run(context, (tx) => addExport(tx, stored, masterKey.id));
    return stored;
  }

  /** Whoever asked for it, and whoever may agree to it, finds it. */
  async find(id: string, caller: Caller): Promise<StoredExport | undefined> {
    const { database, context } = this.#parts;
    const stored = await database.read(context, (queries) => findExport(queries, id));
    return stored !== undefined && (stored.askedBy === caller.id || maySupervise(caller, stored)) ? stored : undefined;
  }

  /** @throws ExportRefused */
  async approve(stored: StoredExport, caller: Caller): Promise<void> {
    const { database, context, clock } = this.#parts;
    if (stored.askedBy === caller.id) throw new ExportRefused('needs_second_person');
    if (!maySupervise(caller, stored)) throw new ExportRefused('needs_supervisor');
    await database.unitOfWork.run(context, (tx) => approveExport(tx, stored.id, { by: caller.id, at: clock.now() }));
  }

  /**
   * The file, made now from what its asker may still see, encrypted with the passphrase that came with the asking. That
   * these records were read is written down before.
   *
   * @throws ExportRefused, ReadNotRecorded
   */
  async fetch(
    stored: StoredExport,
    caller: Caller,
    { route, traceId }: Pick<LookUp, 'route' | 'traceId'>,
  ): Promise<ExportFile> {
    const { database, context, clock, readAudit } = this.#parts;
    const at = clock.now();
    if (caller.id !== stored.askedBy) throw new ExportRefused('needs_second_person');
    assertOpen(stored, at);
    const cases = await database.read(context, (queries) => casesToTakeOut(queries, caller, stored.caseIds));
    await readAudit.record({
      ...{ reader: caller.id, agency: caller.agency, roles: caller.roles, route, traceId, at },
      ...{ purpose: stored.purpose as Purpose, classes: stored.classes, personIds: [] },
      caseIds: cases.map(({ caseId }) => caseId),
    });
    const exportKey = await this.#rowKey(stored);
    const rows: ExportRow[] = [];
    for (const each of cases) {
      const row = await this.#row(each, caller, { stored, exportKey });
      if (row !== undefined) rows.push(row);
    }
    const text = writeTable(withHoney(rows, stored.honey), { id: stored.id, by: caller.id, at });
    const key = await this.#parts.masterKey.unwrap(stored.wrappedKey, fileContext(stored.id));
    return encryptExport(text, { id: stored.id, key, salt: stored.salt });
  }

  /** Whether somebody looked up a row that stands for no case; then an alert was raised. */
  async noteLookUp(id: string, lookUp: LookUp): Promise<boolean> {
    const { database, context } = this.#parts;
    return database.unitOfWork.run(context, (tx) => alertIfHoney(tx, id, lookUp));
  }

  /** The exports that rows with these ids came from, with how many of the rows each accounts for. */
  async trace(rowIds: readonly string[]): Promise<{ export: StoredExport; rows: number }[]> {
    const { database, context } = this.#parts;
    const leaked = new Set(rowIds.map((id) => id.toLowerCase()));
    const found: { export: StoredExport; rows: number }[] = [];
    for (const stored of await database.read(context, allExports)) {
      const exportKey = await this.#rowKey(stored);
      const ids = [stored.honey, ...stored.caseIds.map((caseId) => rowId(exportKey, caseId))];
      const rows = ids.filter((id) => leaked.has(id)).length;
      if (rows > 0) found.push({ export: stored, rows });
    }
    return found;
  }

  /** An export from before each had a key of its own for its rows has the one that the master key derives. */
  #rowKey({ id, wrappedRowKey }: StoredExport): Promise<Buffer> {
    const { masterKey } = this.#parts;
    return wrappedRowKey === null ? masterKey.derive(rowContext(id)) : masterKey.unwrap(wrappedRowKey, rowContext(id));
  }

  /** A case as policy shows it to the asker, class by class and behind its seal; undefined where it shows nothing. */
  async #row(
    { caseId, personId: _personId, ...known }: CaseToTakeOut,
    caller: Caller,
    { stored, exportKey }: { stored: StoredExport; exportKey: Buffer },
  ): Promise<ExportRow | undefined> {
    const view = await this.#parts.queries.findCase(caseId, caller);
    if (view === undefined) return undefined;
    const { identity, location } = view.person;
    return {
      row: rowId(exportKey, caseId),
      ...known,
      names: stored.classes.includes('identity') ? namesOf(identity) : null,
      address: stored.classes.includes('location') ? (location.address ?? null) : null,
    };
  }
}

/** Until when it can be fetched; null until it can be. */
export const expiryOf = ({ opensAt }: StoredExport): Instant | null =>
  opensAt === null ? null : new Date(Date.parse(opensAt) + openForMs).toISOString();

function assertOpen(stored: StoredExport, at: Instant): void {
  const expiry = expiryOf(stored);
  if (expiry === null) throw new ExportRefused('needs_approval');
  if (at >= expiry) throw new ExportRefused('expired');
}

function maySupervise(caller: Caller, stored: StoredExport): boolean {
  return caller.roles.includes('MOSVY_CPD') || (caller.agency === stored.agency && supervises(caller));
}

const fileContext = (id: string): string => `key of the file of export ${id}`;
const rowContext = (id: string): string => `rows of export ${id}`;

const exportColumn = { table: 'exports', id: { export_id: 'uuid' } };

/** Where the keys lie. */
export const exportKeyColumns: readonly WrappedColumn[] = [
  {
    ...exportColumn,
    wrapped: 'wrapped_key',
    masterKeyId: 'wrapped_key_master_key_id',
    contextOf: (_tenant, { export_id = '' }) => fileContext(export_id),
  },
  {
    ...exportColumn,
    wrapped: 'wrapped_row_key',
    masterKeyId: 'wrapped_row_key_master_key_id',
    contextOf: (_tenant, { export_id = '' }) => rowContext(export_id),
  },
];

function namesOf({ familyNameKm, givenNameKm, familyNameLatin, givenNameLatin }: PersonNames): string {
  return [familyNameKm, givenNameKm, familyNameLatin, givenNameLatin].filter((name) => name !== undefined).join(' ');
}

/** Somewhere among the others, and like one of them. */
function withHoney(rows: readonly ExportRow[], honey: string): ExportRow[] {
  const place = rows.length === 0 ? 0 : randomBytes(4).readUInt32BE() % (rows.length + 1);
  const like = rows[Math.max(0, place - 1)] ?? nobody;
  const code = `${like.code.slice(0, -3)}${honey.slice(0, 3).toUpperCase()}`;
  return [...rows.slice(0, place), { ...like, row: honey, code, names: null, address: null }, ...rows.slice(place)];
}

const nobody: ExportRow = {
  ...{ row: '', code: 'K-000000', pathway: null, state: null, risk: null, agency: '', owner: null, province: null },
  ...{ district: null, openedAt: '2026-01-01T00:00:00.000Z', ended: false, names: null, address: null },
};
