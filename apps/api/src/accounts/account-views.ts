import type { Enrolled, OfferedTotp, PasskeyAsked } from '#libs/identities';
import type { FastifyReply } from 'fastify';

import { anything, list, shape, text, uuid } from '../description/schema.js';
import { handOver } from '../sessions/handing-over.js';
import { openedSchema, type OpenedView } from '../sessions/session-views.js';

export const totpSchema = shape<OfferedTotp>({
  secret: { ...text, description: 'To be typed into the app' },
  uri: { ...text, description: 'To be shown as a QR code' },
});

export const askedSchema = shape<PasskeyAsked>({
  ceremony: uuid,
  options: { ...anything, description: 'For `navigator.credentials`, in its JSON form' },
});

export interface EnrolledView {
  opened: OpenedView;
  /** Told once, with the first factor. */
  recoveryCodes: readonly string[];
}

export const enrolledSchema = shape<EnrolledView>({ opened: openedSchema, recoveryCodes: list(text) });

export const enrolledView = ({ opened, recoveryCodes }: Enrolled, reply: FastifyReply): EnrolledView => ({
  opened: handOver(opened, reply),
  recoveryCodes,
});
