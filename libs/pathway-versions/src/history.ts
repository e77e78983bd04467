import type { Instant } from '#libs/calendar';
import type { PathwayEventData, RecordedPathwayEvent } from './events.js';

/** A version on its way into force. */
export type VersionStatus = PathwayEventData['PathwayVersionProposed'] & {
  proposedBy: string;
  proposedAt: Instant;
  approvedBy: string[];
  publishedAt: Instant | undefined;
  effectiveFrom: Instant | undefined;
};

/** All versions of one pathway that were ever proposed, in that order, as folded from its events. */
export interface PathwayHistory {
  /** Number of events folded. */
  version: number;
  versions: VersionStatus[];
}

export const noHistory: PathwayHistory = { version: 0, versions: [] };

/** Folds one event. Every event is a fact: nothing is refused here. */
export function evolvePathway(
  history: PathwayHistory,
  { event, by, recordedAt }: RecordedPathwayEvent,
): PathwayHistory {
  const { versions } = history;
  const version = history.version + 1;
  const change = (key: string, made: (status: VersionStatus) => Partial<VersionStatus>): PathwayHistory => ({
    version,
    versions: versions.map((each) => (each.version === key ? { ...each, ...made(each) } : each)),
  });
  switch (event.type) {
    case 'PathwayVersionProposed': {
      const proposed = { proposedBy: by, proposedAt: recordedAt, approvedBy: [] };
      const open = { publishedAt: undefined, effectiveFrom: undefined };
      return { version, versions: [...versions, { ...event.data, ...proposed, ...open }] };
    }
    case 'PathwayVersionApproved':
      return change(event.data.version, ({ approvedBy }) => ({ approvedBy: [...approvedBy, by] }));
    case 'PathwayVersionPublished':
      return change(event.data.version, () => ({
        publishedAt: recordedAt,
        effectiveFrom: event.data.effectiveFrom,
      }));
  }
}
