/** One thing that is missing, with a code for programs and both languages for people. */
export interface Unmet {
  code: UnmetCode;
  /** What exactly: a guard id, document code, field name. */
  subject: string;
  text: { en: string; km: string };
  /** Codes of services to try first, where the definition names some. */
  tryFirst?: string[];
}

export type UnmetCode =
  | 'RoleNotAllowed'
  | 'WrongState'
  | 'DocumentMissing'
  | 'ConsentMissing'
  | 'DecisionMissing'
  | 'GuardUnmet'
  | 'AttestationMissing'
  | 'FieldInvalid'
  | 'NotFound'
  | 'AlreadyExists'
  | 'ViewsMissing'
  | 'TwoPersonRule'
  | 'LinkInText'
  | 'MediaTypeRefused'
  | 'ContactBlocked'
  | 'ConflictOfInterest'
  | 'InFuture'
  | 'NotExtendable'
  | 'NotPausable'
  | 'AppealInCourt'
  | 'TooLate'
  | 'CaseOpen'
  | 'TookPart'
  | 'ReviewPending'
  | 'SafetyCheckPending'
  | 'QuorumMissing'
  | 'OptionMissing'
  | 'OptionNotConsidered'
  | 'ReviewDateMissing'
  | 'FacilityState'
  | 'ChildrenRemain'
  | 'DefinitionInvalid'
  | 'NotInForce'
  | 'MapMissing'
  | 'NotMapped';

/**
 * Why a command was refused, complete: every unmet requirement at once (design decision 4).
 * `state` means that the case has moved on (a conflict); `unknown` that the thing named does not exist; `unmet` the rest.
 */
export interface Refusal {
  kind: 'state' | 'unknown' | 'unmet';
  unmet: Unmet[];
}
