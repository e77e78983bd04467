/** The classes that a child's fields are sealed by, so that a referral can open some of them and not others. */
export const fieldClasses = [
  'identity',
  'location',
  'narrative',
  'medical_legal',
  'perpetrator',
  'not_for_evidence',
] as const;

export type FieldClass = (typeof fieldClasses)[number];

/** Fields by class, in clear. */
export type ClearFields = Partial<Record<FieldClass, Readonly<Record<string, unknown>>>>;
