import type { ReferralStatus } from '#libs/cases';
import { CommandRefused } from '#libs/case-commands';
import type { Spean } from '#libs/composition';
import { oscarReferrals } from '#libs/interop';
import { keepAside, receiveRecord, type Fate } from '../receive-record.js';
import { bringerOf, findHeld, type Asker } from './asker.js';
import type { HeldCase } from './held-cases.js';
import { noteTransaction } from './transactions.js';
import { answerReferral, NotAnswerable, startService } from './transitions.js';

type Item = Record<string, unknown>;

/** Takes in a client as it is posted to OSCaR. */
export async function upsertClient(spean: Spean, asker: Asker, organization: Item): Promise<Fate> {
  const fate = await receiveRecord(spean, 'oscar', organization, { bringer: bringerOf(asker) });
  const transactionId = organization['transaction_id'];
  if (typeof transactionId === 'string' && transactionId !== '' && fate.recordId !== undefined) {
    await noteTransaction(spean, asker.caller.id, { transactionId, recordId: fate.recordId });
  }
  return fate;
}

/** Ids of the two systems for one child, which a link ties together. */
const linkNames = ['global_id', 'external_id', 'external_id_display'] as const;

/** Ties a client and a case of the other system together; a link to nobody on record waits for a person. */
export async function linkClient(spean: Spean, asker: Asker, item: Item): Promise<Fate> {
  const held = await heldBy(spean, asker, [item['global_id'], item['external_id']]);
  if (held === undefined) return keepAside(spean, 'oscar', item, 'global_id: no such client');
  const link = Object.fromEntries(linkNames.map((name) => [name, item[name]]));
  return receiveRecord(spean, 'oscar', link, { bringer: bringerOf(asker) });
}

/** Passes a decision on: to the services of that referral alone, whatever else the child was referred for. */
export async function decideReferral(spean: Spean, asker: Asker, item: Item): Promise<Fate> {
  const held = await heldBy(spean, asker, [item['client_global_id'], item['external_id']]);
  if (held === undefined) return keepAside(spean, 'oscar', item, 'client_global_id: no such client');
  const meant = oscarReferrals(held.whole.case, String(item['referral_id']));
  if (meant.length === 0) return keepAside(spean, 'oscar', item, 'referral_id: no such referral of this client');
  const decide = decisions[String(item['referral_status'])];
  if (decide === undefined) return keepAside(spean, 'oscar', item, 'referral_status: unknown status');
  try {
    for (const referral of meant) await decide(spean, asker, held, referral);
    return { kind: 'updated', caseId: held.caseId };
  } catch (error) {
    if (!(error instanceof CommandRefused) && !(error instanceof NotAnswerable)) throw error;
    return keepAside(spean, 'oscar', item, `referral_status: ${error.name}`);
  }
}

type Decide = (spean: Spean, asker: Asker, held: HeldCase, referral: ReferralStatus) => Promise<void>;

const answering =
  (status: string): Decide =>
  (spean, asker, held, referral) =>
    answerReferral(spean, asker, held, referral, { status, reason: undefined, note: undefined });

/** `Exited` is a refusal as long as nobody has accepted; later it only says that the child left, which a person judges. */
const decisions: Partial<Record<string, Decide>> = {
  Referred: () => Promise.resolve(),
  Accepted: answering('accepted'),
  Exited: (spean, asker, held, referral) => {
    if (referral.state === 'IN_SERVICE') throw new NotAnswerable(referral.state);
    return answering('rejected')(spean, asker, held, referral);
  },
  Active: startService,
};

async function heldBy(spean: Spean, asker: Asker, ids: readonly unknown[]): Promise<HeldCase | undefined> {
  for (const id of ids) {
    const held =
      typeof id === 'string' && id !== '' ? await findHeld(spean, 'oscar', asker, id, { alsoUntold: true }) : undefined;
    if (held !== undefined) return held;
  }
  return undefined;
}
