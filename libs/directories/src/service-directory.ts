import type { Answer } from '#libs/case-commands';
import type { Queryable, Transaction } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from '#libs/read-models';
import { assertService, type ServiceDetails, type ServiceEntry } from './entry.js';
import { changesBetween, changesOf, type DirectoryChange } from './history.js';
import { assertSeen, Writing, type DirectoryRequest, type WritingParts } from './writing.js';

export interface ServiceFilter {
  service?: string;
  agency?: string;
  province?: string;
  district?: string;
  language?: string;
}

interface ServiceRow {
  entry_id: string;
  version: number;
  agency: string;
  service: string;
  provinces: string[];
  districts: string[];
  languages: string[];
  interpreter: boolean;
  capacity: number;
  starts_on: string;
  ends_on: string | null;
  paused: boolean;
}

const columns = `entry_id, version, agency, service, provinces, districts, languages, interpreter, capacity,
  starts_on, ends_on, paused`;

/** Which agency gives which service, kept by administrators. An agency has one entry for each service. */
export class ServiceDirectory {
  readonly #parts: WritingParts;
  readonly #writing: Writing;

  constructor(parts: WritingParts) {
    this.#parts = parts;
    this.#writing = new Writing(parts);
  }

  /** @throws InvalidEntry, KeyReused; the database's own error when the agency has an entry for the service */
  async add(request: DirectoryRequest, entryId: string, details: ServiceDetails): Promise<Answer | undefined> {
    assertService(details);
    return this.#writing.write(request, { subject: 'service', id: entryId }, async (tx) => {
      put(tx, 'INSERT', { ...details, entryId, version: 1 });
      return { version: 1, event: 'ServiceOffered', changes: changesBetween({}, details) };
    });
  }

  /**
   * @returns undefined where there is no such entry
   * @throws InvalidEntry, VersionConflict, KeyReused
   */
  async change(
    request: DirectoryRequest,
    entryId: string,
    told: Partial<Omit<ServiceDetails, 'agency' | 'service'>>,
  ): Promise<Answer | undefined> {
    return this.#writing.write(request, { subject: 'service', id: entryId }, async (tx) => {
      const known = await findEntry(tx, entryId, 'FOR UPDATE');
      if (known === undefined) return undefined;
      assertSeen(request, known.version);
      const after = { ...known, ...told };
      assertService(after);
      const changes = changesBetween(known, after);
      const version = changes.length === 0 ? known.version : known.version + 1;
      if (changes.length > 0) put(tx, 'UPDATE', { ...after, version });
      return { version, event: 'ServiceOfferChanged', changes };
    });
  }

  async find(entryId: string): Promise<ServiceEntry | undefined> {
    return this.#read((queries) => findEntry(queries, entryId, ''));
  }

  /** Entries that meet the filter, by service and agency; a province is met by its districts, too. */
  async list(filter: ServiceFilter, page: PageRequest): Promise<Page<ServiceEntry>> {
    const { service = null, agency = null, province = null, district = null, language = null } = filter;
    const cursor = decodeCursor(page.cursor, 2) ?? ['', ''];
    const rows = await this.#read((queries) =>
      queries.query<ServiceRow>(
        'services_list',
        `SELECT ${columns} FROM provided_services
         WHERE tenant_id = $1 AND ($2::text IS NULL OR service = $2) AND ($3::text IS NULL OR agency = $3)
           AND ($4::text IS NULL OR $4 = ANY (provinces) OR EXISTS (SELECT FROM unnest(districts) d WHERE left(d, 2) = $4))
           AND ($5::text IS NULL OR $5 = ANY (districts) OR left($5, 2) = ANY (provinces))
           AND ($6::text IS NULL OR $6 = ANY (languages) OR interpreter)
           AND (service, agency) > ($7::text, $8::text)
         ORDER BY service, agency LIMIT $9`,
        [queries.context.tenant, service, agency, province, district, language, ...cursor, page.limit + 1],
      ),
    );
    return pageOf(rows, page, entryOf, (row) => [row.service, row.agency]);
  }

  async changes(entryId: string): Promise<DirectoryChange[]> {
    return this.#read((queries) => changesOf(queries, 'service', entryId));
  }

  #read<Result>(work: (queries: Queryable) => Promise<Result>): Promise<Result> {
    return this.#parts.database.read(this.#parts.context, work);
  }
}

async function findEntry(
  queries: Queryable,
  entryId: string,
  lock: '' | 'FOR UPDATE',
): Promise<ServiceEntry | undefined> {
  const [row] = await queries.query<ServiceRow>(
    lock === '' ? 'service_find' : 'service_lock',
    `SELECT ${columns} FROM provided_services WHERE tenant_id = $1 AND entry_id = $2 ${lock}`,
    [queries.context.tenant, entryId],
  );
  return row && entryOf(row);
}

function entryOf({ entry_id: entryId, starts_on: startsOn, ends_on: endsOn, ...row }: ServiceRow): ServiceEntry {
  return { entryId, ...row, startsOn, endsOn };
}

const statements = {
  INSERT: `INSERT INTO provided_services (tenant_id, ${columns})
    SELECT tenant_id, ${columns} FROM json_populate_record(null::provided_services, $1)`,
  UPDATE: `UPDATE provided_services s SET version = n.version, provinces = n.provinces, districts = n.districts,
      languages = n.languages, interpreter = n.interpreter, capacity = n.capacity, starts_on = n.starts_on,
      ends_on = n.ends_on, paused = n.paused
    FROM json_populate_record(null::provided_services, $1) n
    WHERE s.tenant_id = n.tenant_id AND s.entry_id = n.entry_id`,
};

function put(tx: Transaction, how: keyof typeof statements, entry: ServiceEntry): void {
  const { entryId: entry_id, startsOn: starts_on, endsOn: ends_on, ...rest } = entry;
  const row = { tenant_id: tx.context.tenant, entry_id, starts_on, ends_on, ...rest };
  tx.send(`service_${how.toLowerCase()}`, statements[how], [JSON.stringify(row)]);
}
