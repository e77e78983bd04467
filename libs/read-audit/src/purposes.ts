/** What a child's record is read for. One that the route does not imply has to be told. */
export const purposes = [
  'case_management',
  'identification',
  'oversight',
  'subject_access',
  'complaint',
  'legal_request',
  'audit',
  'exchange',
] as const;

export type Purpose = (typeof purposes)[number];
