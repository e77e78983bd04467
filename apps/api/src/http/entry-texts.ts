import type { EntryProblem } from '#libs/identities';

import type { Bilingual } from './problem-texts.js';

/** What is wrong with something entered about a person or an account. The Khmer is an unreviewed draft. */
export const entryTexts: Record<EntryProblem, Bilingual> = {
  password_short: { en: 'is shorter than 12 characters', km: 'ខ្លីជាង ១២ តួអក្សរ' },
  password_long: { en: 'is longer than 128 characters', km: 'វែងជាង ១២៨ តួអក្សរ' },
  password_common: {
    en: 'is among the passwords that are tried first; choose a few words that do not belong together',
    km: 'ជាពាក្យសម្ងាត់ដែលគេសាកល្បងមុនគេ សូមជ្រើសពាក្យពីរបីដែលមិនទាក់ទងគ្នា',
  },
  password_personal: {
    en: 'consists mostly of the name of the program, the agency or the account',
    km: 'ភាគច្រើនជាឈ្មោះកម្មវិធី ស្ថាប័ន ឬគណនី',
  },
  role_unknown: { en: 'is no role of a person', km: 'មិនមែនជាតួនាទីរបស់មនុស្ស' },
  role_not_yours: { en: 'is a role that you may not give', km: 'ជាតួនាទីដែលអ្នកមិនអាចផ្តល់បាន' },
  agency_unknown: { en: 'names no agency', km: 'មិនមែនជាស្ថាប័នដែលមាន' },
  successor_unfit: {
    en: 'is nobody who works at the same agency and stays',
    km: 'មិនមែនជាអ្នកដែលធ្វើការនៅស្ថាប័នដដែល ហើយនៅបន្ត',
  },
};
