import type { FieldErrorCode } from './problem.js';
import type { Bilingual } from './problem-texts.js';

/** What is wrong with a field, when nothing more exact is known. The Khmer is an unreviewed draft. */
export const fieldTexts: Record<FieldErrorCode, Bilingual> = {
  missing: { en: 'must be given', km: 'ត្រូវតែបំពេញ' },
  unknown: { en: 'is not a field of this request', km: 'មិនមែនជាចន្លោះនៃសំណើនេះទេ' },
  wrong_type: { en: 'is of the wrong type', km: 'មានប្រភេទមិនត្រឹមត្រូវ' },
  invalid: { en: 'is not valid', km: 'មិនត្រឹមត្រូវ' },
  too_long: { en: 'is too long', km: 'វែងពេក' },
  out_of_range: { en: 'is out of range', km: 'ស្ថិតក្រៅដែនកំណត់' },
  forbidden_character: { en: 'holds a character that cannot be stored', km: 'មានតួអក្សរដែលមិនអាចរក្សាទុកបាន' },
  not_found: { en: 'names something that does not exist', km: 'បញ្ជាក់អ្វីដែលមិនមាន' },
};
