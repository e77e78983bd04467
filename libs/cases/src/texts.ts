import type { Text } from '#libs/pathways';
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
  NotExtendable: { en: 'This deadline cannot be extended: {}', km: 'កាលកំណត់នេះមិនអាចពន្យារបានទេ៖ {}' },
};

/** One unmet requirement in both languages; `detail` fills the template. */
export function unmet(code: UnmetCode, subject: string, detail: Bilingual | Text | string = subject): Unmet {
  const { en, km } = templates[code];
  const words = typeof detail === 'string' ? { en: detail, km: detail } : detail;
  return { code, subject, text: { en: en.replace('{}', () => words.en), km: km.replace('{}', () => words.km) } };
}
