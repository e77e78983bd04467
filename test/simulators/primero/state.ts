import type { Clock, Instant } from '#libs/calendar';
import type { Random } from '../shared/random.js';
import type { Fields } from './fields.js';
import type { PrimeroAgency, PrimeroUser } from './users.js';

export type TransitionType = 'Assign' | 'Referral' | 'Transfer' | 'TransferRequest';
export type TransitionStatus = 'in_progress' | 'accepted' | 'rejected' | 'done' | 'revoked';

/** A hand-over of a case, as the table of transitions keeps it. Undefined fields are not shown. */
export interface Transition {
  readonly id: string;
  readonly type: TransitionType;
  status: TransitionStatus;
  readonly record_id: string;
  readonly transitioned_by: string;
  readonly transitioned_to?: string | undefined;
  readonly transitioned_to_agency?: string | undefined;
  readonly transitioned_to_remote?: string | undefined;
  readonly service?: string | undefined;
  readonly service_record_id?: string | undefined;
  readonly notes?: string | undefined;
  rejected_reason?: string | undefined;
  rejection_note?: string | undefined;
  readonly remote: boolean;
  readonly consent_overridden: boolean;
  readonly consent_individual_transfer: boolean;
  readonly allow_case_creation: boolean;
  readonly authorized_role_unique_id?: string | undefined;
  readonly type_of_export?: string | undefined;
  readonly created_at: Instant;
  responded_at?: Instant | undefined;
}

export interface Flag {
  readonly id: number;
  readonly record_id: string;
  readonly date: string | undefined;
  readonly message: string;
  readonly flagged_by: string;
  readonly created_at: Instant;
  removed: boolean;
  unflag_message?: string;
  unflagged_by?: string;
}

export interface Alert {
  readonly alert_for: string;
  readonly type: string;
  readonly date: string;
  readonly form_unique_id: string;
  readonly unique_id: string;
}

/** A case with all its fields, in the order they were first written. */
export interface StoredCase {
  readonly id: string;
  /** Its place among all cases in the order in which they were made: newest first is the default order. */
  readonly place: number;
  data: Fields;
  readonly alerts: Alert[];
}

/** All that the simulated Primero knows. Tests may look at it; they change it through `PrimeroStaff`. */
export class PrimeroState {
  readonly cases = new Map<string, StoredCase>();
  /** The other unique key of cases. */
  readonly caseIds = new Set<string>();
  readonly transitions: Transition[] = [];
  readonly flags: Flag[] = [];
  readonly users: Map<string, PrimeroUser>;

  constructor(
    readonly clock: Clock,
    readonly random: Random,
    users: readonly PrimeroUser[],
    readonly agencies: readonly PrimeroAgency[],
  ) {
    this.users = new Map(users.map((user) => [user.user_name, user]));
  }

  newId = (): string => this.random.uuid();

  transitionsOf(caseId: string, ...types: TransitionType[]): Transition[] {
    return this.transitions.filter(
      ({ record_id, type }) => record_id === caseId && (types.length === 0 || types.includes(type)),
    );
  }
}
