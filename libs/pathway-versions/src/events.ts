import type { Instant, LocalDate, Precision } from '#libs/calendar';
import type { Recorded } from '#libs/cases';

/** The facts of how versions of one pathway come into force. */
export interface PathwayEventData {
  /** A definition, or an overlay of a province, that passed the linter and waits for agreement. */
  PathwayVersionProposed: {
    pathway: string;
    version: string;
    /** The text in YAML, whole: what is agreed to is what will hold. */
    source: string;
    /** The version it was compared with; absent for the first of a pathway. */
    base?: string;
    /** Paths of the changes that touch what protects a child. */
    safety: string[];
    approvalsNeeded: number;
    /** The first day on which cases begin under it; absent: at once when it is published. */
    effectiveOn?: LocalDate;
  };
  PathwayVersionApproved: { version: string };
  /** Enough people agreed: cases begin under it from this moment on. */
  PathwayVersionPublished: { version: string; effectiveFrom: Instant };
}

export type PathwayEventType = keyof PathwayEventData;

export type PathwayEvent<T extends PathwayEventType = PathwayEventType> = {
  [K in T]: { type: K; data: PathwayEventData[K]; occurredAt: Instant; precision: Precision };
}[T];

export type RecordedPathwayEvent = Recorded<PathwayEvent>;
