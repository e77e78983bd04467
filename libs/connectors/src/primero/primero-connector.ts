import {
  outwardStatus,
  rowIdOf,
  sentReferrals,
  toPrimero,
  type OutgoingRecord,
  type SentReferral,
} from '#libs/interop';
import { receiveRecord } from '#libs/record-exchange';
import { noteWithheld, settleAlone, subjectOf, traceRead, type Connector, type ConnectorTools } from '../connector.js';
import { reconcile, type Reconciliation } from '../desk/reconciliation.js';
import type { Parcel } from '../leaving/decide-leaving.js';
import { packed } from '../leaving/packed.js';
import { restsOnException } from '../leaving/rests-on-exception.js';
import type { Outcome, SentSubject } from '../ledger/sent-ledger.js';
import { Heard } from '../ledger/heard.js';
import { prepare, type Prepared } from '../prepared.js';
import { changesFor, droppedFrom } from './kept.js';
import type { PrimeroClient, PrimeroRecord } from './primero-client.js';
import { allOfPrimero, originOf, pullPrimero } from './pull-primero.js';
import { transitionSteps } from './transition-steps.js';

/** A case as it will be sent. */
interface Packed {
  readonly caseId: string;
  readonly prepared: Prepared;
  readonly parcel: Parcel;
  readonly record: OutgoingRecord;
  readonly referrals: readonly SentReferral[];
}

/** A case that was not there a moment ago is: what stands in it has to be heard before it is changed. */
class ThereAlready extends Error {
  override readonly name = 'ThereAlready';
}

/** Keeps one instance of Primero in step. */
export class PrimeroConnector implements Connector {
  readonly #tools: ConnectorTools;
  readonly #client: PrimeroClient;
  readonly #heard = new Heard();

  constructor(tools: ConnectorTools, client: PrimeroClient) {
    this.#tools = tools;
    this.#client = client;
  }

  async push(caseId: string): Promise<void> {
    try {
      await this.#push(caseId);
    } catch (error) {
      if (!(error instanceof ThereAlready)) throw error;
      await this.#push(caseId);
    }
  }

  async #push(caseId: string): Promise<void> {
    const first = await this.#pack(caseId);
    if (first === undefined) return;
    const theirs = await this.#client.find(first.record['id'] as string);
    // Another hand may have corrected what we are about to write: theirs is heard before ours is said.
    if (theirs !== undefined) await this.#hear(first, theirs);
    // Asking took its time, in which a consent may have been withdrawn: what may leave is decided anew.
    const now = await this.#pack(caseId);
    if (now === undefined) return;
    await this.#tell(now, theirs);
    if (now.referrals.length > 0) await this.#moveReferrals(now);
  }

  pull(): Promise<number> {
    return pullPrimero({ tools: this.#tools, client: this.#client, heard: this.#heard });
  }

  /** Reads everything that Primero has, page by page. */
  async reconcile(): Promise<Reconciliation> {
    const { parts, target } = this.#tools;
    const records = await allOfPrimero(this.#client, parts.clock.now());
    return reconcile(parts, {
      target: target.id,
      system: 'primero',
      records,
      ours: async (caseId) => {
        const prepared = await prepare(parts, target, caseId);
        return prepared && this.#packedOf(caseId, prepared)?.record;
      },
      differences: (ours, theirs) => droppedFrom(changesFor(ours, theirs as PrimeroRecord), theirs as PrimeroRecord),
    });
  }

  async #pack(caseId: string): Promise<Packed | undefined> {
    const { parts, target } = this.#tools;
    const prepared = await prepare(parts, target, caseId);
    if (prepared === undefined) return undefined;
    await noteWithheld(this.#tools, caseId, prepared, prepared.leaving);
    return this.#packedOf(caseId, prepared);
  }

  #packedOf(caseId: string, prepared: Prepared): Packed | undefined {
    const [parcel] = prepared.leaving.parcels;
    if (parcel === undefined || prepared.input === undefined) return undefined;
    const { sharing } = this.#tools.parts;
    const input = packed(prepared.input, parcel, { system: 'primero', pathway: prepared.pathway, sharing });
    return { caseId, prepared, parcel, record: toPrimero(input), referrals: sentReferrals(input.case) };
  }

  async #hear({ prepared }: Packed, theirs: PrimeroRecord): Promise<void> {
    const known = prepared.state.foreign.primero?.modifiedAt;
    const changedAt = theirs['last_updated_at'];
    if (typeof changedAt !== 'string' || (known !== undefined && Date.parse(changedAt) <= Date.parse(known))) return;
    await receiveRecord(this.#tools.parts, 'primero', theirs, originOf(this.#tools));
  }

  async #tell(told: Packed, theirs: PrimeroRecord | undefined): Promise<void> {
    const { ledger } = this.#tools;
    const about = { kind: 'case', recipient: told.parcel.recipient } as const;
    const begun = await ledger.begin(subjectOf(told.prepared, told.caseId, about), told.record);
    if (begun === undefined) return;
    await traceRead(this.#tools, told.caseId, told.parcel);
    await settleAlone(ledger, begun, () => this.#write(told, theirs));
  }

  async #write({ record, prepared }: Packed, theirs: PrimeroRecord | undefined): Promise<Outcome> {
    const id = record['id'] as string;
    let sent: OutgoingRecord = { ...record, ...this.#ownerHint(prepared) };
    if (theirs === undefined) {
      if (!(await this.#client.create(sent))) throw new ThereAlready();
    } else {
      sent = changesFor(record, theirs);
      if (Object.keys(sent).length === 0) return { state: 'confirmed' };
      await this.#client.change(id, sent);
    }
    const kept = await this.#client.find(id);
    const findings = kept === undefined ? ['record'] : droppedFrom(sent, kept);
    return { state: findings.length === 0 ? 'confirmed' : 'sent', findings };
  }

  /** Whose a new case is over there. Afterwards that is decided over there. */
  #ownerHint({ state: { agency } }: Prepared): OutgoingRecord {
    const { users } = this.#tools.target;
    return Object.hasOwn(users, agency) ? { owned_by: users[agency] } : {};
  }

  /** Referrals are known by the row of services that they are about: what is there is read first, so that none comes twice. */
  async #moveReferrals({ caseId, prepared, record, referrals }: Packed): Promise<void> {
    const id = record['id'] as string;
    const { users } = this.#tools.target;
    const concerned = referrals.filter(
      ({ system, toAgency }) => system === 'primero' || Object.hasOwn(users, toAgency),
    );
    if (concerned.length === 0) return;
    const theirs = await this.#client.referralsOf(id);
    for (const referral of concerned) {
      const subject = (kind: 'referral' | 'decision') =>
        subjectOf(prepared, caseId, { kind, referralId: referral.referralId, recipient: referral.toAgency });
      const there = theirs.filter((each) => each['service_record_id'] === rowIdOf(referral));
      const isThere = !isMissing(referral, there.length);
      if (isThere) await this.#tools.ledger.arrived(subject('referral'));
      const last = isThere ? there.at(-1) : await this.#refer(record, referral, prepared, subject('referral'));
      if (last !== undefined) await this.#move(id, last, referral, subject('decision'));
    }
  }

  /** @returns the referral as Primero has it now; undefined when it does not */
  async #refer(
    record: OutgoingRecord,
    referral: SentReferral,
    { codes: { services }, state, context }: Prepared,
    subject: SentSubject,
  ): Promise<PrimeroRecord | undefined> {
    const { ledger, target } = this.#tools;
    const id = record['id'] as string;
    const rowId = rowIdOf(referral);
    const bothTicked = record['consent_for_services'] === true && record['disclosure_other_orgs'] === true;
    const overridden = !bothTicked && restsOnException(state, referral.toAgency, context);
    const sent = {
      transitioned_to: target.users[referral.toAgency],
      service: services.toPrimero(referral.service).service_type,
      service_record_id: rowId,
      ...(overridden ? { consent_overridden: true } : {}),
    };
    // One that Primero refused for want of a consent is asked for anew once there is one.
    const begun = await ledger.begin(subject, { ...sent, attempt: referral.attempt, consented: bothTicked });
    if (begun === undefined) return undefined;
    let made: PrimeroRecord | undefined;
    await settleAlone(ledger, begun, async () => {
      await this.#client.refer(id, sent);
      made = (await this.#client.referralsOf(id)).findLast((each) => each['service_record_id'] === rowId);
      return made === undefined ? { state: 'sent', findings: ['service_record_id'] } : { state: 'confirmed' };
    });
    return made;
  }

  async #move(id: string, theirs: PrimeroRecord, referral: SentReferral, subject: SentSubject): Promise<void> {
    const { ledger } = this.#tools;
    const { transition } = outwardStatus(referral.state);
    const steps = transitionSteps(theirs['status'], transition, referral.rejectionReason);
    if (steps.length === 0) return ledger.arrived(subject);
    const referralId = theirs['id'] as string;
    const begun = await ledger.begin(subject, { id: referralId, from: theirs['status'], status: transition });
    if (begun === undefined) return;
    await settleAlone(ledger, begun, async () => {
      for (const step of steps) {
        if ('revoke' in step) await this.#client.revoke(id, referralId);
        else await this.#client.answer(id, referralId, step.answer);
      }
      const now = (await this.#client.referralsOf(id)).find((each) => each['id'] === referralId);
      return now?.['status'] === transition ? { state: 'confirmed' } : { state: 'sent', findings: ['status'] };
    });
  }
}

/** A referral that was sent again after a refusal is a new one over there; one that is over already is not made. */
function isMissing({ system, state, attempt }: SentReferral, there: number): boolean {
  if (system === 'primero' || state === 'REJECTED' || state === 'REVOKED') return false;
  return there < Math.max(attempt, 1);
}
