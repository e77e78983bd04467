import type { Agency } from '#libs/access';
import type { Actor } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';
import { demonstrationPassword } from '#libs/identities';
import type { MasterKey } from '#libs/privacy';
import { provinces } from './provinces.js';

/** Somebody who works with cases. Every name of an institution is made up; nobody here exists. */
export interface StaffMember extends Actor {
  roles: string[];
  title: string;
  language: 'km' | 'en';
}

/** Provinces whose offices have people in the demonstration: those with the most cases. */
export const staffedProvinces = ['01', '02', '08', '12', '17'];

const agency = (id: string, type: string, title: string, province?: string, district?: string): Agency => ({
  id,
  type,
  title,
  province: province ?? null,
  district: district ?? null,
});

export const demonstrationAgencies: readonly Agency[] = [
  agency('mosvy', 'ministry', 'Ministry, child protection department'),
  ...provinces.map(({ code, title }) =>
    agency(`pdosvy-${code}`, 'provincial_office', `Provincial office, ${title}`, code),
  ),
  ...staffedProvinces.map((code) =>
    agency(`osvy-${code}01`, 'district_office', `District office ${code}01`, code, `${code}01`),
  ),
  agency('osvy-1202', 'district_office', 'District office 1202', '12', '1202'),
  agency('ngo-bridge', 'ngo', 'Bridge for Children (invented)', '12'),
  agency('ngo-lotus', 'ngo', 'Lotus Families (invented)', '17'),
  agency('legal-aid-lantern', 'legal_aid', 'Lantern Legal Aid (invented)', '12'),
  agency('hospital-riverside', 'hospital', 'Riverside Referral Hospital (invented)', '12'),
  agency('counselling-calm', 'psychosocial', 'Calm Water Counselling (invented)', '12'),
  agency('school-sunrise', 'school', 'Sunrise School (invented)', '12'),
  agency('police-12', 'police', 'Judicial police unit (invented)', '12'),
  agency('prosecution-12', 'prosecution', 'Prosecution office (invented)', '12'),
  agency('court-12', 'court', 'Court of first instance (invented)', '12'),
  agency('prison-08', 'prison', 'Youth centre (invented)', '08'),
  agency('rcf-jasmine', 'residential_care', 'Jasmine House (invented)', '17', '1701'),
  agency('helpline-1280', 'helpline', 'Child helpline 1280'),
  agency('hotline-clearnet', 'hotline', 'Clear Net Hotline (invented)'),
  agency('exchange', 'integration', 'Record exchange'),
];

type Place = Agency['id'];

function member(id: string, at: Place, roles: string[], title: string, language: 'km' | 'en' = 'km'): StaffMember {
  const province = demonstrationAgencies.find((each) => each.id === at)?.province ?? undefined;
  return { id, agency: at, roles, title, language, ...(province === undefined ? {} : { province }) };
}

const inEveryStaffedProvince = staffedProvinces.flatMap((code) => [
  member(`sup-${code}`, `pdosvy-${code}`, ['PDOSVY_SUP'], `Provincial supervisor ${code}`),
  member(`chair-${code}`, `pdosvy-${code}`, ['GK_CHAIR', 'AGENCY_HEAD'], `Chair of the committee ${code}`),
  member(`agent-${code}`, `osvy-${code}01`, ['SOCIAL_AGENT'], `Social agent ${code}01`),
  member(`osvy-${code}01-a`, `osvy-${code}01`, ['OSVY_SW'], `Social worker ${code}01`),
]);

export const demonstrationStaff: readonly StaffMember[] = [
  ...inEveryStaffedProvince,
  member('osvy-1202-a', 'osvy-1202', ['OSVY_SW'], 'Social worker 1202'),
  member('bridge-worker', 'ngo-bridge', ['NGO_CW'], 'Case worker, Bridge for Children'),
  member('bridge-worker-2', 'ngo-bridge', ['NGO_CW'], 'Case worker, Bridge for Children', 'en'),
  member('bridge-lead', 'ngo-bridge', ['NGO_SUP'], 'Supervisor, Bridge for Children', 'en'),
  member('bridge-head', 'ngo-bridge', ['AGENCY_HEAD'], 'Head, Bridge for Children', 'en'),
  member('lotus-worker', 'ngo-lotus', ['NGO_CW'], 'Case worker, Lotus Families'),
  member('lotus-lead', 'ngo-lotus', ['NGO_SUP'], 'Supervisor, Lotus Families'),
  member('panel-1', 'counselling-calm', ['GK_MEMBER', 'PSYCHOSOCIAL'], 'Counsellor and committee member'),
  member('panel-2', 'school-sunrise', ['GK_MEMBER', 'SCHOOL'], 'Teacher and committee member'),
  member('panel-3', 'legal-aid-lantern', ['GK_MEMBER', 'LAWYER'], 'Lawyer and committee member'),
  member('nurse', 'hospital-riverside', ['HEALTH'], 'Nurse'),
  member('police', 'police-12', ['JPO'], 'Judicial police officer'),
  member('prosecutor', 'prosecution-12', ['PROSECUTOR'], 'Prosecutor'),
  member('judge-1', 'court-12', ['INV_JUDGE'], 'Investigating judge'),
  member('judge-2', 'court-12', ['TRIAL_JUDGE'], 'Trial judge'),
  member('prison', 'prison-08', ['PRISON'], 'Administration of the youth centre'),
  member('jasmine-director', 'rcf-jasmine', ['RCF_DIR'], 'Director, Jasmine House'),
  member('jasmine-worker', 'rcf-jasmine', ['RCF_SW'], 'Social worker, Jasmine House'),
  member('counsellor', 'helpline-1280', ['HELPLINE'], 'Helpline counsellor'),
  member('analyst', 'hotline-clearnet', ['HOTLINE'], 'Hotline analyst', 'en'),
  member('mosvy-officer', 'mosvy', ['MOSVY_CPD'], 'Officer of the ministry'),
  member('exchange-staff', 'exchange', ['INTEGRATION'], 'Integration staff', 'en'),
];

/** An account to try the program with, and what it shows. */
export interface DemonstrationAccount {
  id: string;
  password: string;
  title: string;
  roles: string[];
  agency: string;
  for: string;
}

const shown: Record<string, string> = {
  'bridge-worker': "a case worker's own tasks and next steps",
  'osvy-1201-a': 'the government side: a district social worker',
  'agent-12': 'children in conflict with the law',
  'bridge-lead': 'decisions, and what is overdue in one agency',
  'sup-12': 'what is overdue in a province, and referrals nobody answered',
  'chair-12': 'panel decisions with options, reasons and views',
  'mosvy-officer': 'the whole country',
  'exchange-staff': 'records that came in and go out',
};

/** People of the demonstration who can sign in. */
export const demonstrationSignIns = Object.keys(shown);

/** @param masterKey of the installation, whose passwords are its own */
export async function demonstrationAccounts(masterKey: MasterKey): Promise<DemonstrationAccount[]> {
  return Promise.all(
    Object.entries(shown).map(async ([id, purpose]) => {
      const { title, roles, agency: at } = staffMember(id);
      return { id, password: await demonstrationPassword(masterKey, id), title, roles, agency: at, for: purpose };
    }),
  );
}

/** @throws RangeError when nobody has this id. */
export function staffMember(id: string): StaffMember {
  const found = demonstrationStaff.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`nobody in the directory is ${id}`);
  return found;
}

/** Enters agencies and staff; what is there already is brought level. */
export async function writeDirectory(database: Database, context: DatabaseContext): Promise<void> {
  const staff = demonstrationStaff.map((each) => ({ ...each, email: `${each.id}@example.org` }));
  await database.unitOfWork.run(context, (tx) => {
    tx.send(
      'demonstration_agencies',
      `INSERT INTO agencies (tenant_id, id, type, title, province, district)
       SELECT $1, id, type, title, province, district FROM json_populate_recordset(null::agencies, $2)
       ON CONFLICT (tenant_id, id) DO UPDATE SET type = excluded.type, title = excluded.title,
         province = excluded.province, district = excluded.district`,
      [context.tenant, JSON.stringify(demonstrationAgencies)],
    );
    tx.send(
      'demonstration_staff',
      `INSERT INTO staff (tenant_id, id, agency, roles, title, province, email, language, active)
       SELECT $1, id, agency, roles, title, province, email, language, true
       FROM json_populate_recordset(null::staff, $2)
       ON CONFLICT (tenant_id, id) DO UPDATE SET agency = excluded.agency, roles = excluded.roles, title = excluded.title,
         province = excluded.province, email = excluded.email, language = excluded.language, active = true`,
      [context.tenant, JSON.stringify(staff)],
    );
  });
}
