/** The government side of the exchange, when a record doesn't say which of its agencies. */
export const GOVERNMENT = 'mosvy';

/** Primero puts this before the code that OSCaR uses for the same organisation. */
const prefix = 'agency-';

/** One agency under its names, where they are not made from each other by the prefix. */
export interface AgencyRow {
  readonly agency: string;
  /** With Primero's prefix. */
  readonly primero?: string;
  /** OSCaR's short name of the organisation. */
  readonly oscar?: string;
}

/** What both systems call an agency. Without a row, OSCaR's name is ours, and Primero's has the prefix before it. */
export class AgencyTable {
  readonly #rows: readonly AgencyRow[];

  constructor(rows: readonly AgencyRow[]) {
    this.#rows = rows;
  }

  fromPrimero(code: string): string | undefined {
    const written = code.trim();
    const named = this.#rows.find(({ primero }) => primero === written);
    if (named !== undefined) return named.agency;
    const stripped = written.startsWith(prefix) ? written.slice(prefix.length) : written;
    return stripped === '' ? undefined : stripped;
  }

  toPrimero(agency: string): string {
    return this.#of(agency)?.primero ?? `${prefix}${agency}`;
  }

  fromOscar(name: string): string {
    return this.#rows.find(({ oscar }) => oscar === name)?.agency ?? name;
  }

  toOscar(agency: string): string {
    return this.#of(agency)?.oscar ?? agency;
  }

  #of(agency: string): AgencyRow | undefined {
    return this.#rows.find((row) => row.agency === agency);
  }
}
