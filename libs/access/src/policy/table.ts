import type { FieldClass } from '#libs/privacy';
import type { Relation } from './relations.js';
import type { RoleGroup } from './roles.js';

/**
 * What of a case may be shown: `staged` is what a referral tells before it is accepted (GR-STAGED), `progress` all that
 * is coded (states, steps, deadlines, facts, decisions), and the rest what is sealed.
 */
export type ShownClass = 'staged' | 'progress' | FieldClass;

/** One row of the table: these people, standing so to the case, may do it and see that much. */
export interface Rule {
  readonly groups: readonly RoleGroup[];
  readonly relations: readonly Relation[];
  /** Only where something is shown. */
  readonly shows?: readonly ShownClass[];
}

const everything: ShownClass[] = [
  'staged',
  'progress',
  'identity',
  'location',
  'narrative',
  'medical_legal',
  'perpetrator',
];

const ofCase: RoleGroup[] = [
  'district',
  'workers',
  'socialAgents',
  'supervisors',
  'provincial',
  'panel',
  'justice',
  'police',
  'detention',
  'services',
];
/** Those who neither prosecute, judge nor hold a child. */
const helping: RoleGroup[] = ['district', 'workers', 'socialAgents', 'supervisors', 'provincial', 'panel', 'services'];
const inCharge: RoleGroup[] = ['supervisors', 'provincial'];
const deciders: RoleGroup[] = ['district', 'socialAgents', 'panel', 'justice', 'police', 'detention', 'services'];

/** The program's own work, and records that come in from other systems. */
const byProgram: Rule = { groups: ['program'], relations: ['nation'] };
const byExchange: Rule = { groups: ['exchange'], relations: ['nation'] };

const atHome: Relation[] = ['owner', 'agency'];

/**
 * Who may do what, and see what: role × relation to the case × field class (design decision 11; pathways sections 6, 9
 * and 12). Nothing else in the program says so: guards, lists, field projection and the page in the documentation are
 * made from this.
 */
export const policy = {
  'case.read': [
    // What a child admits for a diversion is opened to nobody who could use it against the child (pathways B.10, rule 5).
    { groups: helping, relations: [...atHome, 'emergency'], shows: ['not_for_evidence'] },
    { groups: ['provincial'], relations: ['province'], shows: ['not_for_evidence'] },
    { groups: ['services'], relations: ['called_upon'], shows: ['not_for_evidence'] },
    { groups: ['program', 'exchange'], relations: ['nation'], shows: ['not_for_evidence'] },
    { groups: ofCase, relations: [...atHome, 'emergency'], shows: everything },
    { groups: ['provincial'], relations: ['province'], shows: everything },
    { groups: ['district'], relations: ['stand_in'], shows: everything },
    { groups: ofCase, relations: ['home'], shows: ['staged', 'progress', 'identity', 'location', 'narrative'] },
    // Of these, what was granted with the referral (information-sharing.yaml).
    { groups: ofCase, relations: ['receiver'], shows: everything },
    { groups: ofCase, relations: ['invited'], shows: ['staged'] },
    { groups: deciders, relations: ['called_upon'], shows: ['staged', 'progress', 'identity', 'narrative'] },
    // Oversight sees how a case goes, never whose it is.
    { groups: ['national'], relations: ['nation'], shows: ['staged', 'progress'] },
    { groups: ['program', 'exchange'], relations: ['nation'], shows: everything },
  ],
  'case.list': [
    { groups: [...ofCase, 'exchange'], relations: atHome, shows: ['progress'] },
    { groups: ['provincial'], relations: ['province'], shows: ['progress'] },
    { groups: ['national', 'program'], relations: ['nation'], shows: ['progress'] },
  ],
  'case.record': [
    { groups: ofCase, relations: [...atHome, 'receiver', 'home', 'emergency'] },
    { groups: deciders, relations: ['called_upon'] },
    { groups: ['district'], relations: ['stand_in'] },
    { groups: ['provincial'], relations: ['province'] },
    byProgram,
    byExchange,
  ],
  'case.step': [
    { groups: ofCase, relations: [...atHome, 'receiver', 'home'] },
    { groups: deciders, relations: ['called_upon'] },
    { groups: ['district'], relations: ['stand_in'] },
    { groups: ['provincial'], relations: ['province'] },
    { groups: ['national'], relations: ['nation'] },
    byProgram,
    byExchange,
  ],
  'case.refer': [
    { groups: ofCase, relations: atHome },
    { groups: ['district'], relations: ['stand_in'] },
    { groups: ['provincial'], relations: ['province'] },
    byExchange,
  ],
  'case.answer': [{ groups: ofCase, relations: ['invited', 'receiver'] }, byExchange],
  'case.assign': [
    { groups: ofCase, relations: ['owner'] },
    { groups: [...inCharge, 'district', 'workers', 'socialAgents'], relations: ['agency'] },
    { groups: ['provincial'], relations: ['province'] },
    // Where nobody near may know of a case, the ministry says who goes on with it.
    { groups: ['national'], relations: ['nation'] },
  ],
  'case.supervise': [
    { groups: ofCase, relations: atHome },
    { groups: ['district'], relations: ['stand_in'] },
    { groups: ['provincial'], relations: ['province'] },
    { groups: deciders, relations: ['called_upon'] },
    { groups: ['national'], relations: ['nation'] },
    byProgram,
  ],
  'case.review': [
    { groups: ofCase, relations: [...atHome, 'receiver', 'called_upon'] },
    { groups: [...inCharge, 'panel', 'justice'], relations: ['province'] },
    { groups: ['national'], relations: ['nation'] },
    byProgram,
  ],
  'case.break_glass': [{ groups: [...helping, 'police'], relations: ['nation'] }],
  'case.migrate': [{ groups: ['national'], relations: ['nation'] }, byProgram],
  'case.exchange': [byExchange],
  // An agency's own system is told what the agency may see; where the agency has no part in it, what may go to that system
  // at all (`case.read`, and the consent).
  'case.tell': [
    { groups: ['exchange'], relations: ['agency'], shows: everything },
    // Of these, what was granted with the referral (information-sharing.yaml).
    { groups: ['exchange'], relations: ['receiver'], shows: everything },
    { groups: ['exchange'], relations: ['invited'], shows: ['staged'] },
  ],
  'case.wake': [byProgram],
  // By the program, once two people agreed on the child's own record.
  'case.forget': [byProgram],
} as const satisfies Record<string, readonly Rule[]>;

export type CaseAction = keyof typeof policy;

/** What each action is, in words. */
export const actionTitles: Record<CaseAction, string> = {
  'case.forget': 'Take what the case says of a child that is forgotten.',
  'case.read': 'Read a case.',
  'case.list': 'Find a case on a list: those that somebody answers for, not each that they may open.',
  'case.record': 'Write down what happened: notes, contacts, documents, facts, tracks, consents, feedback.',
  'case.step': 'Take a step, attest to a guard, decide at a gate. The pathway says which roles each of them asks for.',
  'case.refer': "Send a case's referrals, and take them back.",
  'case.answer': 'Answer a referral, and say how the service goes.',
  'case.assign': 'Give the case to somebody.',
  'case.supervise':
    'Approve what two people must agree on, and change what runs. The definitions say which roles each asks for.',
  'case.review':
    'Ask for a review of a decision, or answer one: also by somebody independent of the case (pathways 1.8).',
  'case.break_glass':
    'Open it for four hours because a child is in danger: known by its id, not found on any list (GR-BREAK).',
  'case.migrate': 'Move it to another version of its pathway.',
  'case.exchange': 'Take what another system says of a case.',
  'case.tell': "Tell an agency's own system of a case that the agency has a part in.",
  'case.wake': "Say that a deadline's time has come.",
};
