import { randomBytes } from 'node:crypto';

import type { ExchangeTarget } from '#libs/configuration';
import { RecordRefused } from './asking/errors.js';
import type { Reconciliation } from './desk/reconciliation.js';
import type { Leaving, Parcel } from './leaving/decide-leaving.js';
import type { BegunRecord, Outcome, SentLedger, SentSubject } from './ledger/sent-ledger.js';
import type { ConnectorParts, Prepared } from './prepared.js';

/** Keeps one target in step with the cases it has to know. */
export interface Connector {
  /**
   * Tells the target of a case as it stands. What concerns one record alone is settled in the ledger.
   *
   * @throws TargetAway, TargetBusy when the target itself is the trouble
   */
  push(caseId: string): Promise<void>;
  /** Takes in what has changed at the target since last time. @returns how many records came */
  pull(): Promise<number>;
  /** Compares all that the target has with what it should have. Changes nothing. @throws TargetAway, TargetBusy */
  reconcile(): Promise<Reconciliation>;
}

/** What connectors of both systems need for one target. */
export interface ConnectorTools {
  readonly parts: ConnectorParts;
  readonly target: ExchangeTarget;
  readonly ledger: SentLedger;
}

/** Who and what a record is about, as the ledger has it. */
export const subjectOf = (
  { personId, version }: Prepared,
  caseId: string,
  about: Pick<SentSubject, 'kind' | 'recipient' | 'referralId'>,
): SentSubject => ({ caseId, personId, version, ...about });

/** Whatever does not leave is written down with its reason. */
export async function noteWithheld(
  { ledger }: ConnectorTools,
  caseId: string,
  prepared: Prepared,
  { withheld }: Leaving,
): Promise<void> {
  for (const { recipient, referralId, reason } of withheld) {
    const about = referralId === null ? { kind: 'case' as const } : { kind: 'referral' as const, referralId };
    await ledger.ignore(subjectOf(prepared, caseId, { ...about, recipient }), reason);
  }
}

/** Writes down that the program read the record for another system. Before anything leaves. */
export async function traceRead({ parts, target }: ConnectorTools, caseId: string, { shows }: Parcel): Promise<void> {
  await parts.readAudit.record({
    ...{ reader: `exchange ${target.id}`, agency: null, roles: ['SYSTEM'], purpose: 'exchange', route: 'exchange' },
    ...{ caseIds: [caseId], personIds: [], classes: [...shows] },
    traceId: randomBytes(16).toString('hex'),
    at: parts.clock.now(),
  });
}

/**
 * Does what it takes to get one record across, and settles it in the ledger. A record that the target refuses waits for a
 * person, alone.
 *
 * @throws TargetAway, TargetBusy; the record stays pending then
 */
export async function settleAlone(
  ledger: SentLedger,
  { sentId }: BegunRecord,
  send: () => Promise<Outcome>,
): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await send();
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    const { status, fields } = error;
    outcome = { state: 'parked', reason: ['refused', ...fields].join(' '), status };
  }
  await ledger.settle(sentId, outcome);
}
