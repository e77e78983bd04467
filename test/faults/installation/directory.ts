import type { Client } from 'pg';

/** Where the cases of the drill are, and where their referrals go. */
export const holder = 'osvy-1201';
export const receiver = 'ngo-drill';
const ministry = 'mosvy';
const province = '12';

/** Who may be told of an escalation. One person for each role, so that it is plain whom a rung means. */
const supervisor = 'drill-supervisor';
const head = 'drill-head';
const national = 'drill-national';
export const answerer = 'drill-receiver';

export const workerIds = Array.from({ length: 8 }, (_, index) => `drill-worker-${index + 1}`);

const agencies = [
  [holder, 'district_office', 'District office'],
  [receiver, 'ngo', 'An organisation'],
  [ministry, 'ministry', 'Ministry'],
];

const staff: (readonly [id: string, agency: string, roles: string])[] = [
  ...workerIds.map((id) => [id, holder, '{OSVY_SW}'] as const),
  [supervisor, holder, '{PDOSVY_SUP}'],
  [head, holder, '{AGENCY_HEAD}'],
  [national, ministry, '{MOSVY_CPD}'],
  [answerer, receiver, '{NGO_CW,NGO_SUP}'],
];

const toldByRecipient: Readonly<Record<string, string>> = {
  supervisor,
  AGENCY_HEAD: head,
  PDOSVY_SUP: supervisor,
  MOSVY_CPD: national,
};

/** @param client of a user whom row-level security lets pass */
export async function fillDirectory(client: Client): Promise<void> {
  for (const [id, type, title] of agencies) {
    await client.query('INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, $1, $2, $3, $4)', [
      ...[id, type, title],
      province,
    ]);
  }
  for (const [id, agency, roles] of staff) {
    await client.query(
      `INSERT INTO staff (tenant_id, id, agency, roles, title, province) VALUES (1, $1, $2, $3, 'Staff', $4)`,
      [id, agency, roles, province],
    );
  }
}

/** Whom the recipients of a rung are in this directory. */
export function peopleMeant(recipients: readonly string[], owner: string): string[] {
  const people = recipients.map((recipient) => (recipient === 'owner' ? owner : (toldByRecipient[recipient] ?? '')));
  return [...new Set(people.filter((person) => person !== ''))];
}
