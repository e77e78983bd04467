import type { CaseAction, CaseRelations, ShownClass } from '#libs/access';
import type { Actor } from '#libs/cases';
import type { RoleCode } from '#libs/pathways';

/**
 * Who may do what, said once more by somebody who has not looked at the table: from pathways, sections 6, 7, 9 and 12,
 * one question after the other. Slow and plain on purpose.
 */
export function oracle(
  action: CaseAction,
  asker: Actor,
  asked: CaseRelations,
  now: string,
): ReadonlySet<ShownClass> | undefined {
  // GR-COI: a block beats every role.
  for (const barred of asked.conflicts) if (barred === asker.id || barred === asker.agency) return undefined;
  for (const barred of asked.shutOut) if (barred === asker.agency) return undefined;

  const has = (...roles: RoleCode[]) => asker.roles.some((role) => roles.includes(role));
  const program = has('SYSTEM');
  const job = has('INTEGRATION');
  const ministry = has('MOSVY_CPD');
  const province = has('PDOSVY_SUP') && asker.province !== undefined && asker.province === asked.province;
  const districtOfficer = has('OSVY_SW');
  const caseWorker = has('NGO_CW', 'RCF_SW', 'CCWC', 'HELPLINE', 'HOTLINE');
  const socialAgent = has('SOCIAL_AGENT');
  const inCharge = has('NGO_SUP', 'AGENCY_HEAD', 'RCF_DIR');
  const panel = has('GK_CHAIR', 'GK_MEMBER');
  const judge = has('PROSECUTOR', 'INV_JUDGE', 'TRIAL_JUDGE');
  const police = has('JPO', 'AHTJP', 'ACD');
  const prison = has('PRISON');
  const service = has('LAWYER', 'HEALTH', 'PSYCHOSOCIAL', 'DOWA', 'SCHOOL');

  const helps = districtOfficer || caseWorker || socialAgent || inCharge || has('PDOSVY_SUP') || panel || service;
  const worksOnCases = helps || judge || police || prison;
  const decides = districtOfficer || socialAgent || panel || judge || police || prison || service;

  const keeps = asked.owner === asker.id;
  const colleague = asked.agency === asker.agency;
  const here = keeps || colleague;
  const house = asked.livesAt.includes(asker.agency);
  const near =
    asker.province !== undefined &&
    asker.province === asked.province &&
    (asker.district === undefined || asked.district === undefined || asker.district === asked.district);
  const called = near && asker.roles.some((role) => asked.calledUpon.includes(role));
  const keeperBarred = asked.conflicts.includes(asked.agency) || asked.shutOut.includes(asked.agency);
  const standsIn = districtOfficer && keeperBarred && asker.province !== undefined && asker.province === asked.province;
  const emergency = asked.emergencies.some(({ staff, until }) => staff === asker.id && until > now);
  const mine = asked.referrals.filter(({ toAgency }) => toAgency === asker.agency);
  const waiting = mine.some(({ state }) => ['SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED'].includes(state));
  const open = mine.filter(
    ({ state, grant }) =>
      ['ACCEPTED', 'IN_SERVICE', 'COMPLETED'].includes(state) && grant !== undefined && grant.until > now,
  );
  const serves = open.length > 0;

  const whole: ShownClass[] = [
    'staged',
    'progress',
    'identity',
    'location',
    'narrative',
    'medical_legal',
    'perpetrator',
  ];
  const yes = (may: boolean): ReadonlySet<ShownClass> | undefined => (may ? new Set() : undefined);
  switch (action) {
    case 'case.list': {
      const listed = ((worksOnCases || job) && here) || province || ministry || program;
      return listed ? new Set(['progress']) : undefined;
    }
    case 'case.record':
      return yes(
        (worksOnCases && (here || serves || house || emergency)) ||
          (decides && called) ||
          standsIn ||
          province ||
          program ||
          job,
      );
    case 'case.step':
      return yes(
        (worksOnCases && (here || serves || house)) ||
          (decides && called) ||
          standsIn ||
          province ||
          ministry ||
          program ||
          job,
      );
    case 'case.refer':
      return yes((worksOnCases && here) || standsIn || province || job);
    case 'case.answer':
      return yes((worksOnCases && (waiting || serves)) || job);
    case 'case.assign':
      return yes(
        (worksOnCases && keeps) ||
          ((inCharge || has('PDOSVY_SUP') || districtOfficer || caseWorker || socialAgent) && colleague) ||
          province ||
          ministry,
      );
    case 'case.supervise':
      return yes((worksOnCases && here) || standsIn || province || (decides && called) || ministry || program);
    case 'case.review': {
      const independent = (inCharge || has('PDOSVY_SUP') || panel || judge) && asked.province !== undefined;
      return yes(
        (worksOnCases && (here || serves || called)) ||
          (independent && asker.province === asked.province) ||
          ministry ||
          program,
      );
    }
    case 'case.break_glass':
      return yes(helps || police);
    case 'case.migrate':
      return yes(ministry || program);
    case 'case.exchange':
      return yes(job);
    case 'case.tell': {
      const told = new Set<ShownClass>();
      if (job && waiting) told.add('staged');
      if (job && serves) {
        const granted = open.flatMap(({ grant }) => (grant?.classes ?? []) as ShownClass[]);
        for (const each of ['staged', 'progress', ...granted] as const) if (each !== 'not_for_evidence') told.add(each);
      }
      if (job && colleague) for (const each of whole) told.add(each);
      return told.size === 0 ? undefined : told;
    }
    case 'case.forget':
    case 'case.wake':
      return yes(program);
    case 'case.read':
      break;
  }

  const seen = new Set<ShownClass>();
  const see = (may: boolean, ...classes: ShownClass[]) => {
    if (may) for (const each of classes) seen.add(each);
  };
  see(worksOnCases && (here || emergency), ...whole);
  see(province || standsIn || program || job, ...whole);
  see(worksOnCases && house, 'staged', 'progress', 'identity', 'location', 'narrative');
  // What was opened with the referral, and no more.
  see(worksOnCases && serves, 'staged', 'progress');
  for (const { grant } of open)
    see(worksOnCases, ...((grant?.classes ?? []) as ShownClass[]).filter((c) => whole.includes(c)));
  see(worksOnCases && waiting, 'staged');
  see(decides && called, 'staged', 'progress', 'identity', 'narrative');
  see(ministry, 'staged', 'progress');
  // What a child admitted for a diversion: never to who prosecutes, judges or holds the child (B.10, rule 5).
  see(helps && (here || emergency), 'not_for_evidence');
  see(service && called, 'not_for_evidence');
  see(province || program || job, 'not_for_evidence');
  return seen.size === 0 ? undefined : seen;
}
