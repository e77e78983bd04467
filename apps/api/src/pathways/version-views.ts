import type { Change } from '#libs/pathways';
import type { VersionStatus } from '#libs/pathway-versions';

import { flag, instant, list, nullable, oneOf, shape, text, whole } from '../description/schema.js';

export type VersionView = ReturnType<typeof versionView>;

/** A version on its way into force: what it changes of what protects a child, and who agreed. */
export function versionView(status: VersionStatus) {
  return {
    version: status.version,
    base: status.base ?? null,
    proposedBy: status.proposedBy,
    proposedAt: status.proposedAt,
    safety: status.safety,
    approvalsNeeded: status.approvalsNeeded,
    approvedBy: status.approvedBy,
    effectiveOn: status.effectiveOn ?? null,
    publishedAt: status.publishedAt ?? null,
    effectiveFrom: status.effectiveFrom ?? null,
  };
}

export const versionSchema = shape<VersionView>({
  version: { ...text, description: '`1.1.0`, or `1.0.0+12.1` for the first overlay of province 12' },
  base: { ...nullable(text), description: 'The version it was compared with' },
  proposedBy: text,
  proposedAt: instant,
  safety: { ...list(text), description: 'Changes that touch what protects a child: then two people must agree' },
  approvalsNeeded: whole,
  approvedBy: list(text),
  effectiveOn: nullable({ type: 'string', format: 'date' }),
  publishedAt: nullable(instant),
  effectiveFrom: { ...nullable(instant), description: 'Cases begin under it from then on' },
});

export const changeSchema = shape<Change>(
  {
    kind: oneOf('added', 'removed', 'changed'),
    part: text,
    path: { ...text, description: 'Names it by code: `/transitions/A06/guards/A06.1`' },
    safety: { ...flag, description: 'It touches what protects a child' },
    before: {},
    after: {},
  },
  'before',
  'after',
);
