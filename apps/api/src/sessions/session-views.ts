import type { Session, SessionStage } from '#libs/identities';

import { flag, instant, nullable, oneOf, shape, text, uuid } from '../description/schema.js';

/** A session as its owner sees it. */
export interface SessionView {
  id: string;
  /** What is still missing: the second factor, one to be added, or nothing. */
  stage: SessionStage;
  device: string;
  openedAt: string;
  seenAt: string;
  provedAt: string | null;
  /** Whether it is the one that asks. */
  current: boolean;
}

export const sessionSchema = shape<SessionView>({
  id: uuid,
  stage: oneOf('second_factor', 'enrolment', 'open'),
  device: text,
  openedAt: instant,
  seenAt: instant,
  provedAt: nullable(instant),
  current: flag,
});

export const sessionView = ({ id, stage, device, openedAt, seenAt, provedAt }: Session, currentId: string) => ({
  ...{ id, stage, device, openedAt, seenAt },
  provedAt: provedAt ?? null,
  current: id === currentId,
});

/** What is told once, at sign-in or after a proof. */
export interface OpenedView {
  /** To be sent as `Authorization: Bearer …`; absent for browsers, which have a cookie. */
  token?: string;
  /** To be sent as `X-Spean-CSRF` with every change; for browsers alone. */
  csrf?: string;
  session: SessionView;
}

export const openedSchema = shape<OpenedView>({ token: text, csrf: text, session: sessionSchema }, 'token', 'csrf');
