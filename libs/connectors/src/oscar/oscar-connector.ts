import {
  outwardStatus,
  readOscarKey,
  sentReferrals,
  toOscar,
  type ExportInput,
  type OutgoingRecord,
  type SentReferral,
} from '#libs/interop';
import { RecordRefused } from '../asking/errors.js';
import { noteWithheld, settleAlone, subjectOf, traceRead, type Connector, type ConnectorTools } from '../connector.js';
import { reconcile, type Reconciliation } from '../desk/reconciliation.js';
import type { Parcel } from '../leaving/decide-leaving.js';
import { packed } from '../leaving/packed.js';
import type { BegunRecord, Outcome, SentSubject } from '../ledger/sent-ledger.js';
import { Heard } from '../ledger/heard.js';
import { prepare, type Prepared } from '../prepared.js';
import type { OscarClient } from './oscar-client.js';
import { pullOscar, takeClients } from './pull-oscar.js';
import { externalId, isListed, upsertRecord } from './upsert-record.js';

/** What goes to one organisation. */
interface Packed {
  readonly caseId: string;
  readonly prepared: Prepared;
  readonly parcel: Parcel;
  readonly input: ExportInput;
  readonly record: OutgoingRecord;
}

const compared = [
  'given_name',
  'family_name',
  'gender',
  'date_of_birth',
  'location_current_village_code',
  'mosvy_number',
] as const;

const beginning = '2000-01-01';

/** Keeps one OSCaR in step: each referral goes to its own organisation, with its own reason. */
export class OscarConnector implements Connector {
  readonly #tools: ConnectorTools;
  readonly #client: OscarClient;
  readonly #heard = new Heard();

  constructor(tools: ConnectorTools, client: OscarClient) {
    this.#tools = tools;
    this.#client = client;
  }

  async push(caseId: string): Promise<void> {
    const first = await this.#prepare(caseId);
    for (const [index, { recipient }] of (first?.leaving.parcels ?? []).entries()) {
      // Telling one organisation takes its time, in which a consent for the next may have been withdrawn.
      const now = index === 0 ? first : await this.#prepare(caseId);
      const parcel = now?.leaving.parcels.find((each) => each.recipient === recipient);
      const each = now && parcel && this.#pack(caseId, now, parcel);
      if (each !== undefined) await this.#tell(each);
    }
  }

  async #prepare(caseId: string): Promise<Prepared | undefined> {
    const { parts, target } = this.#tools;
    const prepared = await prepare(parts, target, caseId);
    if (prepared !== undefined) await noteWithheld(this.#tools, caseId, prepared, prepared.leaving);
    return prepared;
  }

  pull(): Promise<number> {
    return pullOscar(this.#tools, this.#client, this.#heard);
  }

  /** Names, birth date, sex and place are compared: what else OSCaR holds is its own. */
  async reconcile(): Promise<Reconciliation> {
    const { parts, target } = this.#tools;
    const records = await this.#client.clientsSince(beginning);
    return reconcile(parts, {
      target: target.id,
      system: 'oscar',
      records,
      ours: async (caseId) => {
        const prepared = await prepare(parts, target, caseId);
        const [parcel] = prepared?.leaving.parcels.filter(({ shows }) => shows.has('identity')) ?? [];
        return prepared && parcel && this.#pack(caseId, prepared, parcel)?.record;
      },
      differences: (ours, theirs) =>
        compared.filter((field) => (ours[field] ?? '') !== ((theirs as OutgoingRecord)[field] ?? '')),
    });
  }

  #pack(caseId: string, prepared: Prepared, parcel: Parcel): Packed | undefined {
    if (prepared.input === undefined) return undefined;
    const { sharing } = this.#tools.parts;
    const input = packed(prepared.input, parcel, { system: 'oscar', pathway: prepared.pathway, sharing });
    const record = toOscar(input).find((each) => each['organization_name'] === parcel.recipient);
    return record === undefined ? undefined : { caseId, prepared, parcel, input, record };
  }

  async #tell(each: Packed): Promise<void> {
    const referrals = sentReferrals(each.input.case);
    for (const referral of referrals) {
      if (referral.system === 'oscar') await this.#answer(each, referral);
      else await this.#refer(each, referral);
    }
    if (each.parcel.told) await this.#link(each);
  }

  /**
   * Asks an organisation, once. OSCaR has no key of ours to know a referral by, and lists none before it is answered. So
   * after a request whose answer was lost it is looked for, and where it is not found it waits for a person who can ask the
   * organisation; should OSCaR list it meanwhile, it is known then (`takeClients`).
   */
  async #refer(each: Packed, referral: SentReferral): Promise<void> {
    if (referral.state === 'REJECTED' || referral.state === 'REVOKED') return;
    const { ledger } = this.#tools;
    const subject = subjectOf(each.prepared, each.caseId, {
      kind: 'referral',
      referralId: referral.referralId,
      recipient: askedAs(each.parcel.recipient, referral),
    });
    if (await ledger.wasTold(subject)) return;
    const sent = this.#recordFor(each, referral);
    const begun = await ledger.begin(subject, sent);
    if (begun === undefined) return;
    if (sent['level_of_risk'] === undefined) {
      await ledger.settle(begun.sentId, { state: 'parked', reason: 'missing level_of_risk' });
      return;
    }
    await traceRead(this.#tools, each.caseId, each.parcel);
    await settleAlone(ledger, begun, () => this.#ask(sent, begun));
  }

  async #ask(sent: OutgoingRecord, begun: BegunRecord): Promise<Outcome> {
    if (begun.unanswered) {
      const listed = isListed(await this.#client.clientsSince(beginning), sent);
      return listed ? { state: 'confirmed' } : { state: 'parked', reason: 'unanswered' };
    }
    try {
      await this.#tools.ledger.asking(begun, () => this.#client.upsert(sent));
    } catch (error) {
      if (!(error instanceof RecordRefused) || !error.fields.includes('global_id')) throw error;
      return this.#askKnown(sent, begun);
    }
    return { state: 'confirmed' };
  }

  /** The organisation has this child as a client already, and wants to hear OSCaR's own id, which we have yet to learn. */
  async #askKnown(sent: OutgoingRecord, begun: BegunRecord): Promise<Outcome> {
    const clients = await this.#client.clientsSince(beginning);
    const client = clients.find(({ external_id: id }) => id === sent['external_id']);
    if (client === undefined || typeof client['global_id'] !== 'string') {
      return { state: 'parked', reason: 'refused global_id', status: 422 };
    }
    await takeClients(this.#tools, [client], this.#heard);
    // OSCaR writes over the client that has this id, so it hears what it says of that client itself.
    const kept = ['given_name', 'family_name', 'gender', 'date_of_birth', 'location_current_village_code'];
    const theirs = Object.fromEntries(
      kept
        .filter((field) => typeof client[field] === 'string' && client[field] !== '')
        .map((field) => [field, client[field]]),
    );
    const known = { ...sent, ...theirs, global_id: client['global_id'] };
    await this.#tools.ledger.asking(begun, () => this.#client.upsert(known));
    return { state: 'confirmed' };
  }

  /** Tells what became of a referral that an organisation made. */
  async #answer(each: Packed, referral: SentReferral): Promise<void> {
    const { referralId: number } = readOscarKey(referral.key ?? '');
    const { oscar: status } = outwardStatus(referral.state);
    const { global_id: globalId } = each.record;
    if (!/^\d+$/.test(number) || status === 'Referred' || globalId === '') return;
    const sent = {
      external_id: externalId(each.record, each.input),
      external_id_display: each.record['external_id_display'],
      client_global_id: globalId,
      referral_id: Number(number),
      referral_status: status,
    };
    await this.#once(each, { kind: 'decision', referralId: referral.referralId }, sent, () =>
      this.#client.updateStatuses([sent]),
    );
  }

  /** Says under which id we know a client of theirs, as soon as we do. */
  async #link(each: Packed): Promise<void> {
    const { global_id: globalId, external_id_display: display } = each.record;
    if (globalId === '') return;
    const sent = {
      external_id: externalId(each.record, each.input),
      external_id_display: display,
      global_id: globalId,
      is_referred: false,
    };
    await this.#once(each, { kind: 'link' }, sent, () => this.#client.updateLinks([sent]));
  }

  async #once(
    each: Packed,
    about: Pick<SentSubject, 'kind' | 'referralId'>,
    sent: OutgoingRecord,
    send: () => Promise<void>,
  ): Promise<void> {
    const { ledger } = this.#tools;
    const subject = subjectOf(each.prepared, each.caseId, { ...about, recipient: each.parcel.recipient });
    const begun = await ledger.begin(subject, sent);
    if (begun === undefined) return;
    await traceRead(this.#tools, each.caseId, each.parcel);
    await settleAlone(ledger, begun, async () => {
      await send();
      return { state: 'confirmed' };
    });
  }

  #recordFor({ parcel, input, record, prepared }: Packed, referral: SentReferral): OutgoingRecord {
    const { contact } = this.#tools.target;
    const sent = upsertRecord({
      record,
      input,
      service: input.codes.services.toOscar(referral.service),
      reason: this.#reasonFor(input, referral),
      known: parcel.told,
    });
    return {
      ...sent,
      organization_id: prepared.state.agency,
      external_case_worker_name: contact?.name,
      external_case_worker_mobile: contact?.phone,
    };
  }

  /** Its own words where they are open to the organisation; else what a referral tells before it is accepted. */
  #reasonFor({ referralTexts, person: { facts } }: ExportInput, referral: SentReferral): string {
    const words = referralTexts[referral.referralId]?.narrative?.['text'];
    if (typeof words === 'string' && words !== '') return words;
    const staged = this.#tools.parts.sharing.beforeAcceptance;
    const told = [
      ...(staged.includes('urgency') ? [referral.urgency] : []),
      ...(staged.includes('age_band') && facts.ageBand !== 'unknown' ? [facts.ageBand] : []),
      ...(staged.includes('language') && referral.language !== undefined ? [referral.language] : []),
    ];
    return told.join(', ');
  }
}

/** A referral that is sent to the same organisation again, after a refusal, is asked anew. */
const askedAs = (organisation: string, { attempt }: SentReferral): string =>
  attempt > 1 ? `${organisation} (${attempt})` : organisation;
