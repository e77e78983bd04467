import type { FindingCode } from './finding-code.js';

/** What is wrong in Khmer, by code; where exactly is told by path and line. Drafts that no native speaker has read yet. */
const khmer: Record<Exclude<FindingCode, `unknown-${string}`>, string> = {
  syntax: 'អត្ថបទ YAML មិនត្រឹមត្រូវ',
  schema: 'ទម្រង់មិនត្រឹមត្រូវតាមគំរូ',
  'text-untranslated': 'អត្ថបទខ្វះការបកប្រែ',
  'state-unreachable': 'គ្មានផ្លូវទៅដល់ស្ថានភាពនេះ',
  'state-cannot-end': 'គ្មានផ្លូវពីស្ថានភាពនេះទៅដល់ទីបញ្ចប់',
  'terminal-left': 'ស្ថានភាពបញ្ចប់នេះមិនអាចបើកឡើងវិញ តែមានជំហានចេញពីវា',
  'terminal-stuck': 'ស្ថានភាពនេះអាចបើកឡើងវិញ តែគ្មានជំហានចេញពីវា',
  'transition-duplicate': 'ជំហានមានលេខសម្គាល់ដូចគ្នា',
  'action-ambiguous': 'សកម្មភាពដូចគ្នាចេញពីស្ថានភាពតែមួយ',
  'system-alone': 'ប្រព័ន្ធតែឯងមិនអាចសម្រេចជំហាននេះបានទេ',
  'guard-empty': 'លក្ខខណ្ឌការពារគ្មានការពិនិត្យ ឬការបញ្ជាក់',
  'guard-misnamed': 'ឈ្មោះលក្ខខណ្ឌការពារមិនត្រឹមត្រូវ',
  'guard-duplicate': 'លក្ខខណ្ឌការពារមានលេខសម្គាល់ដូចគ្នា',
  'outcome-ambiguous': 'លទ្ធផលនៃសេចក្តីសម្រេចមិនច្បាស់លាស់',
  'decision-without-decider': 'គ្មានអ្នកណាអាចធ្វើសេចក្តីសម្រេចនេះ',
  'fact-without-options': 'ព័ត៌មានជាកូដ តែគ្មានជម្រើស',
  'notice-missing': 'ខ្វះពាក្យជូនដំណឹងដល់កុមារ',
  'due-rule-open': 'វិធានកាលកំណត់ចុងក្រោយត្រូវតែអនុវត្តបានគ្រប់ករណី',
  'due-rule-dead': 'វិធានកាលកំណត់នេះមិនដែលត្រូវបានប្រើ',
  'due-span': 'នាឡិកាប្រភេទនេះមិនអាចរាប់រយៈពេលនេះបាន',
  'legal-extendable': 'កាលកំណត់តាមច្បាប់មិនអាចពន្យារបាន',
  'proposal-without-referral': 'កាលកំណត់នេះមិនទាក់ទងនឹងការបញ្ជូនបន្តទេ',
  'rung-syntax': 'ពេលវេលានៃកម្រិតជូនដំណឹងមិនត្រឹមត្រូវ',
  'rung-order': 'កម្រិតជូនដំណឹងមិនតាមលំដាប់ពេលវេលា',
  'safety-removed': 'កំណែថ្មីដកចេញនូវអ្វីដែលការពារកុមារ',
  'watchlist-not-on-record': 'បញ្ជីតាមដានប្រើព័ត៌មានដែលមិនមានក្នុងកំណត់ត្រា',
  'report-without-windows': 'របាយការណ៍គ្មានរយៈពេល',
  'catalogue-without-rows': 'បញ្ជីមុខមានតែសម្រាប់ផ្នែកដែលមានច្រើនជួរ',
  'facility-unreachable': 'គ្មានផ្លូវទៅដល់ស្ថានភាពនៃមណ្ឌលនេះ',
  'facility-end-left': 'មណ្ឌលដែលបានបិទមិនអាចចេញពីស្ថានភាពនេះ',
  'facility-end-missing': 'ខ្វះស្ថានភាពបញ្ចប់នៃមណ្ឌល',
  'facility-register-missing': 'ខ្វះបញ្ជីមណ្ឌល',
  'facility-trigger': 'ព្រឹត្តិការណ៍នេះមិនអាចប្រើសម្រាប់មណ្ឌល',
  'facility-condition': 'លក្ខខណ្ឌនេះមិនអាចប្រើសម្រាប់មណ្ឌល',
  'migration-unmapped': 'អ្វីមួយនៃកំណែមុនគ្មានកន្លែងក្នុងកំណែថ្មី',
  'migration-stray': 'តារាងផ្លាស់ប្ដូរនិយាយអំពីអ្វីដែលកំណែមុនមិនមាន',
  'overlay-base': 'តម្លៃរបស់ខេត្តមិនត្រូវនឹងនីតិវិធី ឬកំណែនេះ',
  'overlay-structure': 'ខេត្តអាចកំណត់តែចំនួនប៉ុណ្ណោះ មិនអាចប្ដូររចនាសម្ព័ន្ធ ឬលក្ខខណ្ឌការពារបានទេ',
  'overlay-number': 'តម្លៃនេះមិនអាចជំនួសតម្លៃដើមបាន',
  'overlay-legal-limit': 'កាលកំណត់តាមច្បាប់ ខេត្តមិនអាចពន្យារបានទេ',
};

const unknownReference = 'យោងទៅកូដដែលមិនមាន';

export function khmerOf(code: FindingCode): string {
  return (khmer as Partial<Record<FindingCode, string>>)[code] ?? unknownReference;
}
