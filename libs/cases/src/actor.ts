import type { Instant, Precision } from '#libs/calendar';
import type { RoleCode } from '#libs/pathways';

/** Whoever acts: a member of staff of an agency, or the program itself (`SYSTEM`, `INTEGRATION`). */
export interface Actor {
  id: string;
  roles: readonly RoleCode[];
  agency: string;
  /** The province they work in; two digits. */
  province?: string;
  /** The district their agency works in, where it works in one alone; four digits. */
  district?: string;
}

/** When something happened in the world, and how exactly that is known (pathways 1.2). */
export interface Occurrence {
  occurredAt: Instant;
  precision: Precision;
}
