import type { Actor, CaseCommand, FacilityCommand, Occurrence, PersonCommand } from '#libs/cases';

/** A command on its way to a case, with all that the log has to know about who asks and why. */
export interface CaseRequest extends Envelope {
  caseId: string;
  command: CaseCommand;
  /** The version the caller saw (If-Match). Absent: a lost race is tried again. */
  expectedVersion?: number;
}

export interface PersonRequest extends Envelope {
  personId: string;
  command: PersonCommand;
  expectedVersion?: number;
}

export interface FacilityRequest extends Envelope {
  facilityId: string;
  command: FacilityCommand;
  expectedVersion?: number;
}

/** The time of a deadline has come, whoever carries it. */
export interface RungsRequest extends Envelope, Occurrence {
  streamId: string;
  deadline: string;
}

export interface Envelope {
  actor: Actor;
  /** Why the child's record is touched, a code: `case_management`, `deadline`, `import`. */
  purpose: string;
  traceId: string;
  onBehalfOf?: string;
  legalBasis?: string;
  /** Makes the same request, sent twice, happen once. */
  idempotency?: Idempotency;
}

export interface Idempotency {
  caller: string;
  key: string;
  /** SHA-256 of method, path and body; the same key with another digest is refused. */
  bodyDigest: Buffer;
}

export interface Answer {
  id: string;
  version: number;
  /** Types of the events that were recorded, in order; empty when nothing changed. */
  events: string[];
  /** True when this answer was given before, to the same idempotency key. */
  repeated: boolean;
}
