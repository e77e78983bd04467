/**
 * What identifies or describes a child never stands in the clear part of an event. It is handed to the shell by field
 * class and stored as ciphertext; state never depends on it, so a case can be decided on after the child was erased.
 */
export interface SealedFields {
  identity?: Record<string, unknown>;
  location?: Record<string, unknown>;
  narrative?: Record<string, unknown>;
  medical_legal?: Record<string, unknown>;
  perpetrator?: Record<string, unknown>;
  /** What the child admitted for a diversion (pathways B.10, rule 5). */
  not_for_evidence?: Record<string, unknown>;
}

export type FieldClass = keyof SealedFields;
