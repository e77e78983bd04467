import type { Condition } from './condition.js';
import type { FactValue, RoleCode, StateCode } from './codes.js';
import type { Text } from './text.js';

/** The register of facilities as data: which kinds there are, the life of one, what an inspection may find, who may do what. */
export interface FacilityLife {
  types: Record<string, FacilityType>;
  states: Record<StateCode, FacilityState>;
  transitions: [from: StateCode, to: StateCode][];
  /** States in which a facility may be entered in the register. */
  registered: StateCode[];
  /** The state of one that was found without being registered. */
  found: StateCode;
  inspection: InspectionRules;
  /** Why a facility moves, where no words are given. */
  reasons: Record<string, Text>;
  /** Who may do what. Nobody may do it for the facility they work in. */
  roles: Record<FacilityAct, RoleCode[]>;
}

export type FacilityAct = 'register' | 'report' | 'move' | 'inspect' | 'change' | 'accuse' | 'clear';

export interface FacilityType {
  title: Text;
  /** Where it lies must not be known: nothing finer than the district stands in clear. */
  hidden?: boolean;
}

export interface FacilityState {
  title: Text;
  /** Takes new children in. One who lives there already is recorded whatever the state. */
  admits?: boolean;
  /** Entered only when it is known on which day the facility closes. */
  closing?: boolean;
  /** Nothing leads on. Entered only when no child lives there any more. */
  ended?: boolean;
}

export interface InspectionRules {
  findings: Record<string, Text>;
  results: Record<string, InspectionResult>;
  /** The state in which an inspection is due: whatever state leads there leads on to what the inspection comes to. */
  due: StateCode;
}

export interface InspectionResult {
  title: Text;
  /** Absent: the facility stays where it is. */
  leadsTo?: StateCode;
  /** States in which this may be the result; absent: wherever it can lead on from. */
  from?: StateCode[];
}

/** Dates that the register keeps of a facility, which a deadline may count from. */
export const facilityDates = ['closesOn'] as const;

export type FacilityDate = (typeof facilityDates)[number];

/** How a case says in which facility the child lives, and since when. */
export interface ResidenceDefinition {
  /** Fact that holds the facility's code. */
  facility: string;
  /** Fact that holds when the child came; where it is not known, the enrolment counts. */
  since: string;
  /** Fact that holds when the child left, for where no step of the pathway says so. */
  until?: string;
  /** Whether the child lives there yet: one whose admission is only proposed does not. */
  when?: Condition;
  /** Facts of a child who was found living there, by roster or inspection. */
  found: Record<string, FactValue>;
  /** States in which nobody has decided yet where the child shall live. */
  undecided: StateCode[];
}
