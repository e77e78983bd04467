import type { Answer } from '#libs/case-commands';
import type { Queryable, Transaction } from '#libs/database';
import type { Sealer } from '#libs/privacy';
import { decodeCursor, pageOf, type Page, type PageRequest } from '#libs/read-models';
import { assertCarer, type CarerDetails, type CarerEntry, type CarerWords } from './entry.js';
import { changesBetween, changesOf, type DirectoryChange } from './history.js';
import { assertSeen, Writing, type DirectoryRequest, type WritingParts } from './writing.js';

export interface CarerFilter {
  kind?: string;
  province?: string;
  district?: string;
  language?: string;
}

export interface CarerRow {
  carer_id: string;
  version: number;
  kinds: string[];
  assessed_on: string;
  approved_until: string;
  capacity: number;
  province: string;
  district: string;
  languages: string[];
  paused: boolean;
  synthetic: boolean;
  placed: number;
}

export interface CarerParts extends WritingParts {
  sealer: Sealer;
}

const columns =
  'carer_id, version, kinds, assessed_on, approved_until, capacity, province, district, languages, paused';

/** Columns of `carers k` with the children who live there; one who has two cases with the same carer takes one place. */
export const carerColumns = `k.carer_id, k.version, k.kinds, k.assessed_on, k.approved_until, k.capacity, k.province,
  k.district, k.languages, k.paused, k.synthetic, (SELECT count(DISTINCT c.person_id)::int FROM case_summary c
    WHERE c.tenant_id = k.tenant_id AND c.carer = k.carer_id::text AND NOT c.ended) AS placed`;

/** Foster and kinship carers. Who they are and where they live is sealed, and opened for one carer at a time. */
export class CarerDirectory {
  readonly #parts: CarerParts;
  readonly #writing: Writing;

  constructor(parts: CarerParts) {
    this.#parts = parts;
    this.#writing = new Writing(parts);
  }

  /** @throws InvalidEntry, KeyReused; the database's own error when the carer is there already */
  async register(
    request: DirectoryRequest,
    carerId: string,
    details: CarerDetails,
    words: CarerWords,
    synthetic: boolean,
  ): Promise<Answer | undefined> {
    assertCarer(details);
    return this.#writing.write(request, { subject: 'carer', id: carerId }, async (tx) => {
      const carer = { ...details, carerId, version: 1, synthetic };
      put(tx, 'INSERT', carer, await this.#seal(tx, carerId, 1, words));
      const changes = [...changesBetween({}, { ...details, synthetic }), ...wordChanges(noWords, words)];
      return { version: 1, event: 'CarerRegistered', changes };
    });
  }

  /**
   * Fields that are given replace those known, in the sealed words, too.
   *
   * @returns undefined where there is no such carer
   * @throws InvalidEntry, VersionConflict, KeyReused
   */
  async change(
    request: DirectoryRequest,
    carerId: string,
    told: Partial<CarerDetails>,
    words: Partial<CarerWords>,
  ): Promise<Answer | undefined> {
    return this.#writing.write(request, { subject: 'carer', id: carerId }, async (tx) => {
      const found = await findRow(tx, carerId, 'FOR UPDATE');
      if (found === undefined) return undefined;
      assertSeen(request, found.carer.version);
      const { placed: _, ...known } = found.carer;
      const after = { ...known, ...told };
      assertCarer(after);
      const before = await this.#unseal(tx, known, found.sealed);
      const merged = {
        identity: { ...before.identity, ...words.identity },
        location: { ...before.location, ...words.location },
      };
      const changes = [...changesBetween(known, after), ...wordChanges(before, merged)];
      const version = changes.length === 0 ? known.version : known.version + 1;
      if (changes.length > 0) {
        put(tx, 'UPDATE', { ...after, version }, await this.#seal(tx, carerId, version, merged));
      }
      return { version, event: 'CarerChanged', changes };
    });
  }

  /** A carer with what is sealed, opened. */
  async open(carerId: string): Promise<(CarerEntry & CarerWords) | undefined> {
    return this.#read(async (queries) => {
      const found = await findRow(queries, carerId, '');
      if (found === undefined) return undefined;
      return { ...found.carer, ...(await this.#unseal(queries, found.carer, found.sealed)) };
    });
  }

  async has(carerId: string): Promise<boolean> {
    const rows = await this.#read((queries) =>
      queries.query('carer_has', 'SELECT FROM carers WHERE tenant_id = $1 AND carer_id::text = $2', [
        queries.context.tenant,
        carerId,
      ]),
    );
    return rows.length > 0;
  }

  /** Carers that meet the filter, without their words, in the order of their ids. */
  async list(filter: CarerFilter, page: PageRequest): Promise<Page<CarerEntry>> {
    const { kind = null, province = null, district = null, language = null } = filter;
    const cursor = decodeCursor(page.cursor, 1) ?? ['00000000-0000-0000-0000-000000000000'];
    const rows = await this.#read((queries) =>
      queries.query<CarerRow>(
        'carers_list',
        `SELECT ${carerColumns} FROM carers k
         WHERE k.tenant_id = $1 AND ($2::text IS NULL OR $2 = ANY (k.kinds)) AND ($3::text IS NULL OR k.province = $3)
           AND ($4::text IS NULL OR k.district = $4) AND ($5::text IS NULL OR $5 = ANY (k.languages))
           AND k.carer_id > $6::uuid
         ORDER BY k.carer_id LIMIT $7`,
        [queries.context.tenant, kind, province, district, language, ...cursor, page.limit + 1],
      ),
    );
    return pageOf(rows, page, carerOfRow, (row) => [row.carer_id]);
  }

  async changes(carerId: string): Promise<DirectoryChange[]> {
    return this.#read((queries) => changesOf(queries, 'carer', carerId));
  }

  /** The carer's own id is the key holder: forgetting a carer is destroying these keys. */
  #seal(tx: Transaction, carerId: string, version: number, words: CarerWords): Promise<string | null> {
    const filled = Object.entries(words).filter(([, fields]) => Object.keys(fields as object).length > 0);
    const place = { personId: carerId, streamId: carerId, version };
    return this.#parts.sealer.seal(tx, place, Object.fromEntries(filled));
  }

  async #unseal(
    queries: Queryable,
    { carerId, version }: { carerId: string; version: number },
    sealed: string | null,
  ): Promise<CarerWords> {
    const place = { personId: carerId, streamId: carerId, version };
    const { identity = {}, location = {} } = await this.#parts.sealer.unseal(queries, place, sealed);
    return { identity, location };
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }
}

const noWords: CarerWords = { identity: {}, location: {} };

const wordChanges = (before: CarerWords, after: CarerWords) => [
  ...changesBetween(before.identity, after.identity, 'identity'),
  ...changesBetween(before.location, after.location, 'location'),
];

async function findRow(
  queries: Queryable,
  carerId: string,
  lock: '' | 'FOR UPDATE',
): Promise<{ carer: CarerEntry; sealed: string | null } | undefined> {
  const [row] = await queries.query<CarerRow & { sealed: string | null }>(
    lock === '' ? 'carer_find' : 'carer_lock',
    `SELECT ${carerColumns}, k.sealed FROM carers k WHERE k.tenant_id = $1 AND k.carer_id = $2 ${lock}`,
    [queries.context.tenant, carerId],
  );
  return row && { carer: carerOfRow(row), sealed: row.sealed };
}

export function carerOfRow(row: CarerRow): CarerEntry {
  return {
    carerId: row.carer_id,
    version: row.version,
    kinds: row.kinds,
    assessedOn: row.assessed_on,
    approvedUntil: row.approved_until,
    capacity: row.capacity,
    province: row.province,
    district: row.district,
    languages: row.languages,
    paused: row.paused,
    synthetic: row.synthetic,
    placed: row.placed,
  };
}

const statements = {
  INSERT: `INSERT INTO carers (tenant_id, ${columns}, synthetic, sealed)
    SELECT tenant_id, ${columns}, synthetic, sealed FROM json_populate_record(null::carers, $1)`,
  UPDATE: `UPDATE carers k SET version = n.version, kinds = n.kinds, assessed_on = n.assessed_on,
      approved_until = n.approved_until, capacity = n.capacity, province = n.province, district = n.district,
      languages = n.languages, paused = n.paused, sealed = n.sealed
    FROM json_populate_record(null::carers, $1) n WHERE k.tenant_id = n.tenant_id AND k.carer_id = n.carer_id`,
};

function put(
  tx: Transaction,
  how: keyof typeof statements,
  carer: Omit<CarerEntry, 'placed'>,
  sealed: string | null,
): void {
  const { carerId: carer_id, assessedOn: assessed_on, approvedUntil: approved_until, ...rest } = carer;
  const row = { tenant_id: tx.context.tenant, carer_id, assessed_on, approved_until, ...rest, sealed };
  tx.send(`carer_${how.toLowerCase()}`, statements[how], [JSON.stringify(row)]);
}
