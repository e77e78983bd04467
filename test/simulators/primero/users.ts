/** What a role may do. The exchange's service account has all of it. */
export type Permission =
  | 'read'
  | 'create'
  | 'write'
  | 'delete'
  | 'flag'
  | 'refer'
  | 'transfer'
  | 'assign'
  | 'receive_referral'
  | 'receive_transfer';

export interface PrimeroUser {
  readonly user_name: string;
  readonly password: string;
  readonly full_name?: string;
  readonly phone?: string;
  /** As in `agency-cif`. */
  readonly agency: string;
  readonly groups?: readonly string[];
  /** Whose cases the user sees: all of them, those of the agency, or the own ones and those shared with the user. */
  readonly sees?: 'all' | 'agency' | 'self';
  /** All of them where absent. */
  readonly may?: readonly Permission[];
  readonly disabled?: boolean;
}

export interface PrimeroAgency {
  /** As in `agency-cif`. */
  readonly id: string;
  readonly name: string;
}

export const may = ({ may: allowed }: PrimeroUser, permission: Permission): boolean =>
  allowed?.includes(permission) ?? true;

export const receives = (user: PrimeroUser | undefined, permission: 'receive_referral' | 'receive_transfer'): boolean =>
  user !== undefined && user.disabled !== true && may(user, permission);
