import type { CommonDefinition, DocumentKind, RungDefinition, Text } from '#libs/pathways';

/** A text for tests: nobody reads it. */
export const text = (en: string): Text => ({ en, km: `${en} (km)`, reviewed: false });

const kinds: Record<string, DocumentKind> = {
  INTAKE_REPORT: 'record',
  RISK_SCREEN: 'assessment',
  SAFETY_PLAN: 'plan',
  CHILD_VIEWS: 'record',
  BIA: 'assessment',
  CASE_PLAN: 'plan',
  REVIEW_REPORT: 'assessment',
  FINAL_ASSESSMENT: 'assessment',
  GK_DECISION: 'decision',
  NOTICE_OF_DECISION: 'record',
  CONSENT_SERVICES: 'consent',
  CONSENT_SHARING: 'consent',
  CHILD_ASSENT: 'consent',
};

const rungs = (...all: [at: string, recipients: string[]][]): RungDefinition[] =>
  all.map(([at, recipients]) => ({ at, recipients }));

/** The four ladders of the field (pathways 1.4). */
const ladders: CommonDefinition['ladders'] = {
  L_LEGAL: {
    title: text('Limits of law'),
    use: text('Liberty'),
    rungs: [
      ...rungs(['50%', ['SOCIAL_AGENT', 'LAWYER']], ['-PT6H', ['PDOSVY_SUP']], ['-PT2H', ['PROSECUTOR']]),
      { at: 'PT0S', recipients: ['PDOSVY_SUP', 'PROSECUTOR'], records: 'LEGAL_LIMIT_EXCEEDED' },
      { at: 'PT2H', recipients: ['MOSVY_CPD'], action: 'DUTY_OFFICER_ACTS' },
      { at: 'PT24H', recipients: ['MOSVY_CPD'], records: 'BREACH_REGISTER' },
    ],
  },
  L_SAFETY: {
    title: text('Safety'),
    use: text('Danger'),
    rungs: [
      ...rungs(['50%', ['owner']], ['-PT2H', ['owner', 'supervisor']]),
      { at: 'PT0S', recipients: ['supervisor'], action: 'TAKE_OVER_OR_REASSIGN' },
      ...rungs(['PT4H', ['AGENCY_HEAD']], ['PT24H', ['PDOSVY_SUP']], ['PT72H', ['MOSVY_CPD']]),
    ],
  },
  L_STD: {
    title: text('Standard'),
    use: text('Ordinary steps'),
    rungs: [
      ...rungs(['-PT48H', ['owner']], ['-PT24H', ['owner']], ['PT0S', ['owner', 'supervisor']]),
      { at: 'PT24H', recipients: ['supervisor'], action: 'RECORD_AN_ACTION' },
      ...rungs(['PT72H', ['AGENCY_HEAD']], ['P7D', ['PDOSVY_SUP']], ['P14D', ['MOSVY_CPD']]),
    ],
  },
  L_REVIEW: {
    title: text('Reviews'),
    use: text('Long cycles'),
    rungs: rungs(
      ['-P14D', ['owner']],
      ['-P7D', ['owner']],
      ['PT0S', ['owner', 'supervisor']],
      ['P7D', ['AGENCY_HEAD']],
      ['P30D', ['PDOSVY_SUP']],
      ['P60D', ['MOSVY_CPD']],
    ),
  },
};

const deadlines: CommonDefinition['deadlines'] = {
  R01: {
    title: text('Referral answered'),
    subject: 'referral',
    start: [{ referral: ['SENT'] }],
    stop: [{ referral: ['ACCEPTED', 'REJECTED', 'REVOKED'] }],
    due: [
      { when: { referralUrgency: ['URGENT'] }, clock: 'wall', granularity: 'moment', within: 'PT24H' },
      { when: { referralUrgency: ['ROUTINE'] }, clock: 'calendar', granularity: 'day', within: 'P7D' },
      { clock: 'wall', granularity: 'moment', within: 'PT1H' },
    ],
    ladder: 'L_STD',
    basis: 'for tests',
    tag: 'ASSUMED',
    confirmed: false,
    extendable: true,
    onDue: 'expire_referral',
  },
  R02: {
    title: text('Another provider found'),
    subject: 'referral',
    start: [{ referral: ['REJECTED', 'EXPIRED'] }],
    stop: [{ referral: ['SENT', 'REVOKED'] }],
    due: [
      {
        when: { risk: ['medium', 'low', 'no_action'] },
        clock: 'working',
        granularity: 'day',
        withinWorkingDays: 3,
      },
      { clock: 'wall', granularity: 'moment', within: 'PT24H' },
    ],
    ladder: 'L_STD',
    basis: 'for tests',
    tag: 'ASSUMED',
    confirmed: false,
    extendable: true,
  },
};

const texts = (...codes: string[]): Record<string, Text> => Object.fromEntries(codes.map((code) => [code, text(code)]));

const unconfirmed = { basis: 'for tests', tag: 'ASSUMED', confirmed: false } as const;

export const testCommon: CommonDefinition = {
  version: '1.0.0',
  roles: texts('OSVY_SW', 'PDOSVY_SUP', 'GK_CHAIR', 'GK_MEMBER', 'SYSTEM', 'INTEGRATION'),
  documents: Object.fromEntries(Object.entries(kinds).map(([code, kind]) => [code, { kind, title: text(code) }])),
  ladders,
  deadlines,
  consent: {
    kinds: ['CONSENT_SERVICES'],
    givers: { CHILD_ASSENT: ['child'] },
    bands: [
      { from: 0, to: 5, child: 'none', caregiver: 'required', otherwise: ['other_adult', 'case_worker'] },
      { from: 6, to: 11, child: 'informal', caregiver: 'required', otherwise: ['other_adult', 'case_worker'] },
      { from: 12, to: 14, child: 'written', caregiver: 'required', otherwise: ['other_adult', 'mature_child'] },
      { from: 15, to: 17, child: 'written', caregiver: 'with_permission', otherwise: ['child'] },
      { from: 18, child: 'written', caregiver: 'none', otherwise: [] },
    ],
    witnessed: ['witnessed_verbal', 'remote_recorded'],
    exceptions: {
      EX1: { standsIn: 'caregiver', blocks: true },
      EX2: { standsIn: 'caregiver', blocks: true },
      EX3: { standsIn: 'caregiver', blocks: true },
      EX4: { standsIn: 'caregiver' },
      EX5: { standsIn: 'caregiver' },
      EX6: { standsIn: 'all' },
      EX7: { standsIn: 'caregiver', ages: { atLeast: 15, atMost: 17 } },
      EX8: { standsIn: 'all' },
      EX9: { standsIn: 'all' },
    },
    approvers: ['PDOSVY_SUP'],
    approvedWithin: 'PT24H',
    approvalNeeds: ['BIA'],
    ...unconfirmed,
  },
  personFlags: {
    SAFETY: { title: text('Safety'), stopsMoves: true },
    TRAFFICKING: { title: text('Trafficking') },
  },
  reviews: {
    fileWithinWorkingDays: 15,
    firstLevel: ['PDOSVY_SUP'],
    secondLevel: ['MOSVY_CPD'],
    notices: { UPHELD: text('Upheld'), PARTLY_UPHELD: text('Partly'), DISMISSED: text('Dismissed') },
    ...unconfirmed,
  },
  riskLowering: { roles: ['PDOSVY_SUP'], documents: ['REVIEW_REPORT'], ...unconfirmed },
  riskLevels: {
    high: text('High'),
    medium: text('Medium'),
    low: text('Low'),
    no_action: text('No action'),
  },
  exceptions: texts('EX1', 'EX2', 'EX3', 'EX4', 'EX5', 'EX6', 'EX7', 'EX8', 'EX9'),
  rejectionReasons: texts('NO_CAPACITY', 'NO_CONSENT', 'OUT_OF_AREA', 'OTHER'),
  labels: {
    noteKinds: texts('CASE_NOTE', 'HOLD_REVIEW'),
    languages: texts('km', 'csx', 'cmo'),
    unmetNeedReasons: texts('NONE_EXISTS', 'NO_CAPACITY', 'OTHER'),
  },
  emergencyAccess: { lasts: 'PT4H', reasonAtLeast: 20, recipients: ['owner', 'MOSVY_CPD'], ...unconfirmed },
  supervision: {
    workers: ['OSVY_SW'],
    caseload: { active: 25, highRisk: 10 },
    noContact: 'P30D',
    basis: 'for tests',
    tag: 'ASSUMED',
    confirmed: false,
  },
};
