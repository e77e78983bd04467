/** What people write in the demonstration. It says in every sentence that it is made up, and tells no story. */
export const words = {
  document: 'Synthetic document for demonstration; no real child is described.',
  reason: 'Synthetic reason for demonstration.',
  note: 'Synthetic note for demonstration.',
  contact: 'Synthetic account of a contact, for demonstration.',
  referral: 'Synthetic request for a service, for demonstration.',
  witness: 'Synthetic witness',
  said: 'Synthetic words of the child: wants to go to school and to be told what happens next.',
  notFollowed: 'Synthetic explanation: the safer option was chosen, and the child was told why.',
  attestation: 'Synthetic declaration: checked for demonstration.',
};
