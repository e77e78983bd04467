import type { MissingConsent, Text } from '#libs/pathways';
import type { Unmet, UnmetCode } from './refusal.js';

type Bilingual = { en: string; km: string };

/**
 * What the engine itself says when something is missing; guards bring their own words. The Khmer is a draft from the
 * glossary and is marked unreviewed wherever it is listed.
 */
const templates: Record<UnmetCode, Bilingual> = {
  RoleNotAllowed: { en: 'Your role may not do this: {}', km: 'តួនាទីរបស់អ្នកមិនអាចធ្វើកិច្ចការនេះបានទេ៖ {}' },
  WrongState: { en: 'The case is not where this can be done: {}', km: 'ករណីមិនស្ថិតក្នុងស្ថានភាពដែលអាចធ្វើដូច្នេះបានទេ៖ {}' },
  DocumentMissing: { en: 'A document is missing: {}', km: 'ខ្វះឯកសារ៖ {}' },
  ConsentMissing: { en: 'A consent is missing: {}', km: 'ខ្វះការយល់ព្រម៖ {}' },
  DecisionMissing: { en: 'A decision is missing: {}', km: 'ខ្វះសេចក្តីសម្រេច៖ {}' },
  GuardUnmet: { en: '{}', km: '{}' },
  AttestationMissing: { en: 'A named person must declare: {}', km: 'ត្រូវមានបុគ្គលកំណត់ឈ្មោះបញ្ជាក់ថា៖ {}' },
  FieldInvalid: { en: 'Not valid: {}', km: 'មិនត្រឹមត្រូវ៖ {}' },
  NotFound: { en: 'Not found: {}', km: 'រកមិនឃើញ៖ {}' },
  AlreadyExists: { en: 'Already there: {}', km: 'មានរួចហើយ៖ {}' },
  ViewsMissing: { en: "The child's views are missing: {}", km: 'ខ្វះមតិយោបល់របស់កុមារ៖ {}' },
  TwoPersonRule: { en: 'A second person is needed: {}', km: 'ត្រូវការបុគ្គលទីពីរ៖ {}' },
  LinkInText: {
    en: 'No web address or file code of material may be written here; record a HOTLINE_REF report number instead: {}',
    km: 'មិនត្រូវសរសេរអាសយដ្ឋានគេហទំព័រ ឬកូដឯកសារនៅទីនេះទេ សូមកត់ត្រាលេខរបាយការណ៍ HOTLINE_REF ជំនួសវិញ៖ {}',
  },
  MediaTypeRefused: { en: 'Files of this kind are never stored here: {}', km: 'ឯកសារប្រភេទនេះមិនត្រូវរក្សាទុកនៅទីនេះទេ៖ {}' },
  ContactBlocked: {
    en: 'This contact is blocked for the safety of the child: {}',
    km: 'ទំនាក់ទំនងនេះត្រូវបានរារាំងដើម្បីសុវត្ថិភាពកុមារ៖ {}',
  },
  ConflictOfInterest: { en: 'Conflict of interest: {}', km: 'ទំនាស់ផលប្រយោជន៍៖ {}' },
  InFuture: { en: 'The time lies in the future: {}', km: 'ពេលវេលាស្ថិតនៅអនាគត៖ {}' },
  NotPausable: {
    en: 'Only a clock of working days that still runs can be paused: {}',
    km: 'មានតែកាលកំណត់រាប់តាមថ្ងៃធ្វើការ ដែលមិនទាន់ហួស ប៉ុណ្ណោះដែលអាចផ្អាកបាន៖ {}',
  },
  AppealInCourt: {
    en: 'A prosecutor or judge decided this; the lawyer appeals in court: {}',
    km: 'នេះជាសេចក្តីសម្រេចរបស់ព្រះរាជអាជ្ញា ឬចៅក្រម មេធាវីត្រូវប្ដឹងជំទាស់នៅតុលាការ៖ {}',
  },
  TooLate: { en: 'The time to ask for this has passed: {}', km: 'ហួសពេលកំណត់សម្រាប់ស្នើសុំ៖ {}' },
  CaseOpen: {
    en: 'A case of the child has not ended yet: {}',
    km: 'ករណីរបស់កុមារមិនទាន់បញ្ចប់នៅឡើយទេ៖ {}',
  },
  TookPart: {
    en: 'Whoever took part in the decision or holds the case does not judge it again: {}',
    km: 'អ្នកដែលបានចូលរួមសម្រេច ឬកាន់ករណីនេះ មិនអាចពិនិត្យសេចក្តីសម្រេចឡើងវិញបានទេ៖ {}',
  },
  ReviewPending: {
    en: 'A review of a decision is pending; the child is not moved meanwhile: {}',
    km: 'កំពុងពិនិត្យសេចក្តីសម្រេចឡើងវិញ មិនត្រូវផ្លាស់ប្ដូរកន្លែងកុមារទេក្នុងពេលនេះ៖ {}',
  },
  SafetyCheckPending: {
    en: 'A safety check is pending; ask the provincial department (PDoSVY)',
    km: 'កំពុងរង់ចាំការពិនិត្យសុវត្ថិភាព សូមសួរមន្ទីរ ស.អ.យ រាជធានី-ខេត្ត',
  },
  QuorumMissing: {
    en: 'Too few members sit and vote, or the chair does not; needed at {}',
    km: 'សមាជិកចូលរួម និងបោះឆ្នោតមិនគ្រប់ចំនួន ឬគ្មានប្រធាន ចំនួនដែលត្រូវការ៖ {}',
  },
  OptionMissing: { en: 'Choose one of these options: {}', km: 'សូមជ្រើសរើសជម្រើសណាមួយ៖ {}' },
  OptionNotConsidered: {
    en: 'This option comes first; say why it is passed over: {}',
    km: 'ជម្រើសនេះត្រូវពិចារណាមុន សូមបញ្ជាក់មូលហេតុដែលមិនជ្រើសរើស៖ {}',
  },
  ReviewDateMissing: {
    en: 'Say when this is looked at again, at the latest on {}',
    km: 'សូមកំណត់ថ្ងៃពិនិត្យឡើងវិញ យ៉ាងយូរត្រឹម {}',
  },
  FacilityState: {
    en: 'The facility is not where this can be done: {}',
    km: 'មណ្ឌលមិនស្ថិតក្នុងស្ថានភាពដែលអាចធ្វើដូច្នេះបានទេ៖ {}',
  },
  ChildrenRemain: { en: 'Children still live there: {}', km: 'នៅមានកុមាររស់នៅទីនោះ៖ {}' },
  DefinitionInvalid: { en: 'The definition is not sound: {}', km: 'និយមន័យមិនត្រឹមត្រូវ៖ {}' },
  NotInForce: { en: 'This version is not in force: {}', km: 'កំណែនេះមិនទាន់ ឬលែងមានប្រសិទ្ធភាព៖ {}' },
  MapMissing: {
    en: 'The new version does not say how cases of this version go on: {}',
    km: 'កំណែថ្មីមិនបានកំណត់ពីរបៀបបន្តករណីនៃកំណែនេះទេ៖ {}',
  },
  NotMapped: {
    en: 'The map of the new version has no place for this: {}',
    km: 'តារាងផ្លាស់ប្ដូរនៃកំណែថ្មីគ្មានកន្លែងសម្រាប់៖ {}',
  },
  NotExtendable: { en: 'This deadline cannot be extended: {}', km: 'កាលកំណត់នេះមិនអាចពន្យារបានទេ៖ {}' },
};

/** One unmet requirement in both languages; `detail` fills the template. */
export function unmet(code: UnmetCode, subject: string, detail: Bilingual | Text | string = subject): Unmet {
  const { en, km } = templates[code];
  const words = typeof detail === 'string' ? { en: detail, km: detail } : detail;
  return { code, subject, text: { en: en.replace('{}', () => words.en), km: km.replace('{}', () => words.km) } };
}

const missingConsentTexts: Record<MissingConsent, Bilingual> = {
  anyone: { en: 'not given yet', km: 'មិនទាន់បានផ្ដល់' },
  caregiver: { en: 'from the caregiver', km: 'ពីអ្នកថែទាំ' },
  instead_of_caregiver: {
    en: "from another trusted adult in the caregiver's stead, or as the child's age allows",
    km: 'ពីមនុស្សពេញវ័យផ្សេងដែលកុមារទុកចិត្តជំនួសអ្នកថែទាំ ឬតាមអាយុកុមារ',
  },
  child_assent: { en: 'from the child, in any form', km: 'ពីកុមារ តាមរបៀបណាក៏បាន' },
  child_in_writing: {
    en: 'from the child, signed, by thumbprint, or spoken before a witness',
    km: 'ពីកុមារ ដោយហត្ថលេខា ស្នាមមេដៃ ឬពាក្យសម្ដីចំពោះមុខសាក្សី',
  },
};

/** A consent that is not complete, and whose is missing. */
export function consentMissing(
  kind: string,
  title: Bilingual | Text | string,
  missing: readonly MissingConsent[],
): Unmet {
  const { en, km } = typeof title === 'string' ? { en: title, km: title } : title;
  const from = (language: 'en' | 'km') => missing.map((each) => missingConsentTexts[each][language]).join('; ');
  return unmet('ConsentMissing', kind, { en: `${en} (${from('en')})`, km: `${km} (${from('km')})` });
}
