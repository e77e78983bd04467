import { randomUUID } from 'node:crypto';

import { rolesCalledUpon, type CaseRelations, type ShownClass } from '#libs/access';
import { CaseCommands } from '#libs/case-commands';
import type { Actor, CaseCommand, CaseCommandData, Grant } from '#libs/cases';
import { loadPathways } from '#libs/pathway-files';
import { pathwayKey, type RoleCode } from '#libs/pathways';

import { startApi, type TestApi } from '../support/api.js';
import { withClient } from '../support/sql.js';

/** How the people of an agency stand to the case of the matrix, which the agency is named for. */
export const standings = [
  ...['own', 'near', 'far', 'receiver', 'invited', 'expired', 'revoked', 'blocked', 'home'],
] as const;
export type Standing = (typeof standings)[number];

/** Unmistakable words, one for each class of fields; synthetic. */
export const canaries: Readonly<Record<Exclude<ShownClass, 'staged' | 'progress'>, string>> = {
  identity: 'Canary-Identity',
  location: 'Canary-Location',
  narrative: 'Canary-Narrative',
  medical_legal: 'Canary-Medical',
  perpetrator: 'Canary-Perpetrator',
  not_for_evidence: 'Canary-Admission',
};

/** Somebody in one role at one agency. */
export interface Asker extends Actor {
  standing: Standing;
}

/** One case to which agencies stand in every way, and one of another province to which none of them does. */
export interface World {
  api: TestApi;
  personId: string;
  caseId: string;
  /** Another case, kept by the people who stand far away from the first. */
  otherCaseId: string;
  /** Ids of what is in the case, by the name of the parameter that takes them. */
  inside: Readonly<Record<string, string>>;
  askers: readonly Asker[];
  relations: CaseRelations;
}

const province = '08';
const elsewhere = '12';
const pathways = loadPathways();
const diversion = pathways.current('B_DIVERSION');
const agencyOf = (standing: Standing): string => `m-${standing}`;
const placeOf = (standing: Standing): string => (standing === 'far' ? elsewhere : province);

/** @param roles of whom there is one at each agency */
export async function openWorld(roles: readonly RoleCode[]): Promise<World> {
  const api = await startApi({ start: '2026-03-02T02:00:00Z' });
  const askers = roles.flatMap((role) =>
    standings.map((standing) => ({
      id: `${role.toLowerCase()}-${standing}`,
      roles: [role],
      agency: agencyOf(standing),
      province: placeOf(standing),
      standing,
    })),
  );
  await fillDirectory(api, askers);
  const [personId, caseId, otherCaseId] = [randomUUID(), randomUUID(), randomUUID()];
  const desk = new Desk(api);
  const answer = await api.ask(
    'POST',
    '/api/v1/persons',
    {
      personId,
      sex: 'male',
      province,
      identity: { givenNameLatin: canaries.identity, birthDate: '2010-01-15' },
      location: { address: canaries.location },
      synthetic: true,
    },
    { as: 'jpo-own' },
  );
  if (answer.statusCode !== 201) throw new Error(`the child could not be registered: ${answer.body}`);
  await desk.open(caseId, { personId, agency: agencyOf('own'), owner: 'jpo-own', province });
  await desk.open(otherCaseId, { personId: randomUUID(), agency: agencyOf('far'), province: elsewhere });
  const inside = { ...(await live(desk, caseId)), documentId: await attach(api, caseId) };
  api.clock.advance('P31D');
  const referrals = (await api.ask('GET', `/api/v1/cases/${caseId}`, undefined, { as: 'jpo-own' })).json<{
    referrals: { toAgency: string; state: CaseRelations['referrals'][number]['state']; grant: Grant | null }[];
  }>().referrals;
  return {
    api,
    personId,
    caseId,
    otherCaseId,
    inside,
    askers,
    relations: {
      owner: 'jpo-own',
      agency: agencyOf('own'),
      province,
      district: undefined,
      conflicts: [agencyOf('blocked')],
      shutOut: [],
      referrals: referrals.map(({ grant, ...referral }) => ({ ...referral, grant: grant ?? undefined })),
      calledUpon: rolesCalledUpon(diversion, diversion.definition.initial),
      livesAt: [agencyOf('home')],
      emergencies: [],
    },
  };
}

/** Everything that the case of the matrix holds. @returns ids of it */
async function live(desk: Desk, caseId: string): Promise<Record<string, string>> {
  const inside = {
    referralId: randomUUID(),
    consentId: randomUUID(),
    feedbackId: randomUUID(),
    needId: randomUUID(),
  };
  await desk.ask(caseId, 'MoveTrack', { track: 'LIBERTY', to: 'POLICE_CUSTODY', authority: 'm-own', place: 'm-home' });
  await desk.ask(caseId, 'AddNote', { noteId: randomUUID(), kind: 'CASE_NOTE', text: canaries.narrative });
  await desk.ask(caseId, 'AddNote', { noteId: randomUUID(), kind: 'ADMISSION', text: canaries.not_for_evidence });
  await desk.ask(caseId, 'ReceiveRecord', {
    system: 'primero',
    identifiers: {},
    facts: {},
    digest: 'a'.repeat(64),
    referrals: [],
    sealed: {
      medical_legal: { text: canaries.medical_legal },
      perpetrator: { text: canaries.perpetrator },
    },
    open: { code: 'M-0', personId: randomUUID(), agency: 'm-own', synthetic: true },
  });
  for (const to of ['receiver', 'invited', 'expired', 'revoked'] as const) {
    const referralId = to === 'invited' ? inside.referralId : randomUUID();
    await refer(desk, caseId, referralId, to);
  }
  const feedback = { feedbackId: inside.feedbackId, by: 'child', channel: 'voice', text: canaries.narrative } as const;
  await desk.ask(caseId, 'ReceiveFeedback', feedback);
  const need = { needId: inside.needId, service: 'counselling_trauma', why: 'NONE_EXISTS' };
  await desk.ask(caseId, 'RecordUnmetNeed', need);
  const conflict = { subject: 'agency', ref: 'm-blocked', reason: canaries.perpetrator } as const;
  await desk.ask(caseId, 'DeclareConflict', { conflictId: randomUUID(), ...conflict });
  return inside;
}

/** A document with a file that shows the narrative. @returns its id */
async function attach(api: TestApi, caseId: string): Promise<string> {
  const documents = `/api/v1/cases/${caseId}/documents`;
  const document = await api.ask('POST', documents, { code: 'INTAKE_REPORT' }, { as: 'jpo-own' });
  const { id } = document.json<{ id: string }>();
  const headers = { as: 'jpo-own', 'content-type': 'application/octet-stream' };
  const answer = await api.ask('POST', `${documents}/${id}/attachment`, Buffer.from(canaries.narrative), headers);
  if (answer.statusCode !== 201) throw new Error(`the file could not be attached: ${answer.body}`);
  return id;
}

async function refer(desk: Desk, caseId: string, referralId: string, to: Standing): Promise<void> {
  const toAgency = agencyOf(to);
  for (const giver of ['child', 'caregiver'] as const) {
    const consent = {
      kind: 'CONSENT_SHARING',
      giver,
      manner: 'signature',
      language: 'km',
      childPermits: true,
    } as const;
    await desk.ask(caseId, 'GiveConsent', { consentId: randomUUID(), recipient: toAgency, ...consent });
  }
  const asked = { type: 'service', service: { code: 'LAWYER_DEFENCE' }, fromAgency: 'm-own', urgency: 'SOON' } as const;
  await desk.ask(caseId, 'DraftReferral', { referralId, toAgency, ...asked });
  await desk.ask(caseId, 'SendReferral', { referralId });
  if (to === 'invited') return;
  await desk.ask(caseId, 'AcceptReferral', { referralId });
  if (to === 'revoked') return desk.ask(caseId, 'RevokeReferral', { referralId, reason: 'OTHER' });
  if (to !== 'expired') return;
  await desk.ask(caseId, 'StartService', { referralId });
  await desk.ask(caseId, 'CompleteReferral', { referralId });
}

/** Whoever may do anything, so that the world comes to be. */
class Desk {
  readonly #commands: CaseCommands;

  constructor(private readonly api: TestApi) {
    this.#commands = api.app.get(CaseCommands);
  }

  open(
    caseId: string,
    more: Pick<CaseCommandData['OpenCase'], 'personId' | 'agency'> & Partial<CaseCommandData['OpenCase']>,
  ) {
    const facts = { offenceClass: 'MISD', ageAtOffence: 16 };
    const opened = {
      code: `M-${caseId.slice(0, 8)}`,
      pathway: pathwayKey(diversion.definition),
      facts,
      synthetic: true,
    };
    return this.ask(caseId, 'OpenCase', { ...opened, ...more });
  }

  async ask<T extends keyof CaseCommandData>(caseId: string, type: T, data: CaseCommandData[T]): Promise<void> {
    const command = { type, data, occurredAt: this.api.clock.now(), precision: 'moment' } as unknown as CaseCommand;
    const actor: Actor = {
      id: 'maker',
      roles: ['SYSTEM', 'INTEGRATION', 'JPO', 'SOCIAL_AGENT'],
      agency: 'm-own',
      province,
    };
    await this.#commands.execute({ caseId, actor, purpose: 'case_management', traceId: 'matrix', command });
  }
}

async function fillDirectory({ database }: TestApi, askers: readonly Asker[]): Promise<void> {
  await withClient(database.urls.admin, async (client) => {
    for (const standing of standings) {
      await client.query(`INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, $1, 'ngo', $1, $2)`, [
        agencyOf(standing),
        placeOf(standing),
      ]);
    }
    await client.query(
      `INSERT INTO staff (tenant_id, id, agency, roles, title, province)
       SELECT 1, id, agency, ARRAY(SELECT jsonb_array_elements_text(roles)), id, province
       FROM jsonb_to_recordset($1) AS asker (id text, agency text, roles jsonb, province text)`,
      [JSON.stringify(askers)],
    );
  });
}
