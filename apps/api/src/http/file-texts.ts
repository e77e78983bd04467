import type { FileProblem } from '#libs/attachments';
import type { Bilingual } from './problem-texts.js';

/** Why a file is not taken. The Khmer is an unreviewed draft. */
export const fileTexts: Record<Exclude<FileProblem, 'too_large'>, Bilingual> = {
  empty: { en: 'is empty', km: 'ទទេ គ្មានខ្លឹមសារ' },
  kind_unknown: {
    en: 'is no file that can be kept: PDF, PNG, JPEG, plain text in UTF-8 up to 1 MB, DOCX or ODT, told by its content',
    km: 'មិនមែនជាឯកសារដែលអាចរក្សាទុកបានទេ៖ PDF, PNG, JPEG, អត្ថបទ UTF-8 មិនលើស 1 MB, DOCX ឬ ODT តាមខ្លឹមសារពិត',
  },
  damaged: { en: 'is damaged or encrypted', km: 'ខូច ឬត្រូវបានអ៊ិនគ្រីប' },
  active: { en: 'holds macros or other programs', km: 'មានម៉ាក្រូ ឬកម្មវិធីផ្សេងទៀតនៅខាងក្នុង' },
  unpacks_too_large: {
    en: 'unpacks to more than 50 MB or 1000 files',
    km: 'ពេលពន្លា ធំជាង 50 MB ឬលើស 1000 ឯកសារ',
  },
};
