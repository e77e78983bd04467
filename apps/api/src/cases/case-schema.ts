import type { NextStep, Unmet } from '#libs/cases';
import { attachmentKinds } from '#libs/pathways';
import type { CaseView, TimelineEntry } from '#libs/read-models';

import {
  anything,
  bilingual,
  flag,
  instant,
  list,
  nullable,
  oneOf,
  pageOf,
  shape,
  table,
  text,
  uuid,
  whole,
} from '../description/schema.js';
import { personSchema } from '../persons/person-schema.js';

type Enrolment = NonNullable<CaseView['enrolment']>;

const enrolmentSchema = shape<Enrolment>({
  pathway: text,
  title: nullable(bilingual),
  state: text,
  stateTitle: nullable(bilingual),
  phase: nullable(text),
  ended: flag,
  enteredAt: instant,
  outcome: nullable(text),
  transitions: list(
    shape<Enrolment['transitions'][number]>({ transition: text, from: text, to: text, at: instant, by: text }),
  ),
});

const trackSchema = shape<CaseView['tracks'][number]>({
  track: text,
  title: nullable(bilingual),
  row: nullable(text),
  state: text,
  stateTitle: nullable(bilingual),
  since: instant,
  precision: text,
});

const deadlineFields = {
  deadline: text,
  definition: text,
  title: nullable(bilingual),
  occurrence: whole,
  subject: nullable(text),
  status: oneOf('due', 'overdue', 'paused', 'met', 'cancelled'),
  startedAt: instant,
  dueAt: instant,
  metAt: nullable(instant),
  inTime: nullable(flag),
  recordedLate: nullable(flag),
  pausedUntil: nullable(instant),
  ladder: text,
  rungsReached: list(whole),
  basis: nullable(text),
  confirmed: { ...flag, description: 'Whether counsel or the ministry has confirmed the numbers' },
  notice: nullable(bilingual),
  proposes: { ...nullable(oneOf('next_provider')), description: 'What helps to meet it, where something does' },
};

export const deadlineSchema = shape<CaseView['deadlines'][number]>(deadlineFields);

/** A deadline with whom to ask next, where that is what is due. */
export type ProposingDeadline = CaseView['deadlines'][number] & { nextProvider: string | null };

export const proposingDeadlineSchema = shape<ProposingDeadline>({
  ...deadlineFields,
  nextProvider: { ...nullable(text), description: 'Agency to ask next, while another provider is looked for' },
});

export const referralSchema = shape<CaseView['referrals'][number]>({
  referralId: uuid,
  type: text,
  service: anything,
  fromAgency: text,
  toAgency: text,
  urgency: text,
  state: text,
  stateTitle: nullable(bilingual),
  stateAt: instant,
  sentAt: nullable(instant),
  attempt: whole,
  rejectionReason: nullable(text),
  system: nullable(text),
  language: { ...nullable(text), description: 'Language in which the child must be served' },
  grant: {
    ...nullable(
      shape<NonNullable<CaseView['referrals'][number]['grant']>>({
        purpose: text,
        classes: list(text),
        until: instant,
      }),
    ),
    description: 'What was opened to the receiver, for what, and until when',
  },
});

const reviewSchema = shape<CaseView['reviews'][number]>({
  reviewId: uuid,
  decisionId: uuid,
  gate: text,
  state: text,
  stateTitle: nullable(bilingual),
  stateAt: instant,
  level: { ...whole, description: '2: before the ministry' },
  reviewer: nullable(text),
});

const feedbackSchema = shape<CaseView['feedback'][number]>({
  feedbackId: uuid,
  by: text,
  receivedAt: instant,
  answeredAt: nullable(instant),
});

export const caseSchema = shape<CaseView>({
  id: uuid,
  version: whole,
  code: text,
  person: personSchema,
  flags: list(shape<CaseView['flags'][number]>({ kind: text, title: nullable(bilingual) })),
  age: { ...nullable(whole), description: 'Years, when the birth date is known to the day' },
  agency: text,
  owner: nullable(text),
  province: nullable(text),
  district: nullable(text),
  openedAt: instant,
  receivedFrom: nullable(text),
  synthetic: flag,
  enrolment: nullable(enrolmentSchema),
  risk: nullable(shape<NonNullable<CaseView['risk']>>({ level: text, title: bilingual })),
  riskProposal: {
    ...nullable(
      shape<NonNullable<CaseView['riskProposal']>>({ proposalId: uuid, level: text, title: bilingual, by: text }),
    ),
    description: 'A lower level to which a supervisor has not agreed yet',
  },
  facts: anything,
  tracks: list(trackSchema),
  documents: list(
    shape<CaseView['documents'][number]>({
      documentId: uuid,
      code: text,
      title: nullable(bilingual),
      at: instant,
      by: text,
      attachment: nullable(
        shape<NonNullable<CaseView['documents'][number]['attachment']>>({
          kind: oneOf(...attachmentKinds),
          size: whole,
        }),
      ),
    }),
  ),
  consents: list(anything),
  exceptions: list(anything),
  decisions: list(anything),
  reviews: list(reviewSchema),
  feedback: list(feedbackSchema),
  alerts: list(shape<CaseView['alerts'][number]>({ alert: text, title: nullable(bilingual) })),
  emergencies: {
    ...list(
      shape<CaseView['emergencies'][number]>({
        accessId: uuid,
        staff: text,
        agency: text,
        until: instant,
        justified: nullable(flag),
      }),
    ),
    description: 'Access that somebody took because the child was in danger, and whether that was found to be right',
  },
  links: list(shape<CaseView['links'][number]>({ caseId: uuid, relation: text })),
  referrals: list(referralSchema),
  unmetNeeds: list(
    shape<CaseView['unmetNeeds'][number]>({
      needId: uuid,
      service: text,
      why: text,
      whyTitle: nullable(bilingual),
      province: nullable(text),
      district: nullable(text),
      since: instant,
      metAt: nullable(instant),
      referralId: { ...nullable(uuid), description: 'The accepted referral that met it' },
    }),
  ),
  deadlines: list(deadlineSchema),
  identifiers: table(table(text)),
});

const unmetSchema = shape<Unmet>({ code: text, subject: text, text: bilingual, tryFirst: list(text) }, 'tryFirst');

export const nextStepsSchema = list(
  shape<NextStep>({
    transition: text,
    action: text,
    title: bilingual,
    to: text,
    roles: list(text),
    yours: flag,
    missing: list(unmetSchema),
  }),
);

export const timelineSchema = pageOf(
  shape<TimelineEntry>({
    version: whole,
    type: text,
    occurredAt: instant,
    precision: text,
    recordedAt: instant,
    by: text,
    data: anything,
    opened: { ...anything, description: 'What people wrote, by field class, where it can still be opened' },
  }),
);
