import { GOVERNMENT, type AgencyTable } from '../codes/agency-table.js';
import type { CodeTables } from '../codes/code-tables.js';
import type { Reading } from '../reading.js';
import { responseType } from './vocabulary.js';

export interface Parties {
  fromAgency: string;
  toAgency: string;
}

/**
 * Who asks whom. The live job writes the same organisation as implementing and as referring; then the agency that owns
 * the case is the other side. A row that we wrote names both, because a record sent out never names its owner.
 */
export function partiesOf(
  row: Reading,
  response: string | undefined,
  { owner, codes: { agencies } }: { owner: string | undefined; codes: Pick<CodeTables, 'agencies'> },
): Parties {
  const implementing = agencyIn(row, 'service_implementing_agency', agencies);
  const referring = agencyIn(row, 'oscar_referring_organization', agencies);
  const government = owner ?? GOVERNMENT;
  if (response === responseType.provided) {
    const toAgency = implementing ?? referring ?? government;
    return { fromAgency: referring ?? toAgency, toAgency };
  }
  if (response === responseType.fromOscar) {
    const fromAgency = referring ?? implementing ?? government;
    return { fromAgency, toAgency: otherThan(fromAgency, implementing, owner) };
  }
  const toAgency = implementing ?? government;
  return { fromAgency: otherThan(toAgency, referring, owner), toAgency };
}

function otherThan(side: string, named: string | undefined, owner: string | undefined): string {
  return named !== undefined && named !== side ? named : (owner ?? named ?? GOVERNMENT);
}

function agencyIn(row: Reading, field: string, agencies: AgencyTable): string | undefined {
  const agency = row.code(field);
  return agency === undefined ? undefined : agencies.fromPrimero(agency);
}
