import type { OutgoingRecord } from '#libs/interop';
import { findCaseByIdentifiers, translate } from '#libs/record-exchange';
import type { ConnectorParts } from '../prepared.js';

/** What a target has and we have, compared. Ids and names of fields, never a value. */
export interface Reconciliation {
  readonly target: string;
  /** Records that the target has. */
  readonly theirs: number;
  /** Cases that the target should have, as far as they may leave. */
  readonly ours: number;
  /** Ids of their records that we do not know. */
  readonly onlyTheirs: readonly string[];
  /** Our cases that the target does not have. */
  readonly onlyOurs: readonly string[];
  readonly differing: readonly { readonly caseId: string; readonly fields: readonly string[] }[];
  /** Positions of records that cannot be read, in the order in which they came. */
  readonly unreadable: readonly number[];
}

export interface Comparing {
  readonly target: string;
  readonly system: 'primero' | 'oscar';
  readonly records: readonly unknown[];
  /** Our record of a case for this target as it would be sent now; undefined when nothing of it may leave. */
  readonly ours: (caseId: string) => Promise<OutgoingRecord | undefined>;
  /** Names of the fields in which theirs is not as we would write it. */
  readonly differences: (ours: OutgoingRecord, theirs: unknown) => string[];
}

/** Compares what a target has with what it should have. Changes nothing on either side. */
export async function reconcile(parts: ConnectorParts, comparing: Comparing): Promise<Reconciliation> {
  const { database, context } = parts;
  const [seen, onlyTheirs, differing, unreadable] = [
    new Set<string>(),
    [] as string[],
    [] as Difference[],
    [] as number[],
  ];
  for (const [index, record] of comparing.records.entries()) {
    const read = await translate(parts, comparing.system, record);
    if (!read.ok) {
      unreadable.push(index);
      continue;
    }
    const caseId = await database.read(context, (queries) => findCaseByIdentifiers(queries, read.identifiers));
    if (caseId === undefined) {
      const { id, case_id: known, global_id: globalId } = read.identifiers;
      onlyTheirs.push(id ?? known ?? globalId ?? String(index));
      continue;
    }
    seen.add(caseId);
    const ours = await comparing.ours(caseId);
    const fields = ours === undefined ? [] : comparing.differences(ours, record);
    if (fields.length > 0) differing.push({ caseId, fields });
  }
  const expected = await expectedAt(parts, comparing.target);
  return {
    target: comparing.target,
    theirs: comparing.records.length,
    ours: expected.length,
    onlyTheirs,
    onlyOurs: expected.filter((caseId) => !seen.has(caseId)),
    differing,
    unreadable,
  };
}

interface Difference {
  readonly caseId: string;
  readonly fields: readonly string[];
}

/** The cases that the target was told of and took, or told us of. */
async function expectedAt({ database, context }: ConnectorParts, target: string): Promise<string[]> {
  const rows = await database.read(context, (queries) =>
    queries.query<{ stream_id: string }>('exchange_expected', expectedText, [context.tenant, target]),
  );
  return rows.map(({ stream_id: caseId }) => caseId);
}

const expectedText = `SELECT stream_id FROM sent_records
    WHERE tenant_id = $1 AND target = $2 AND kind = 'case' AND state IN ('sent', 'confirmed')
  UNION SELECT stream_id FROM received_records
    WHERE tenant_id = $1 AND target = $2 AND state = 'taken_in' AND stream_id IS NOT NULL
  ORDER BY stream_id`;
