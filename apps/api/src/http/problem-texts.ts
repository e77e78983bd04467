import { identityProblems } from './identity-problems.js';

export interface Bilingual {
  en: string;
  km: string;
}

interface ProblemText {
  status: number;
  title: Bilingual;
  detail: Bilingual;
}

/**
 * Every kind of problem that the interface answers with. The Khmer is a draft that no native speaker of the field has
 * reviewed yet.
 */
export const problemTexts = {
  ...identityProblems,
  'malformed-request': {
    status: 400,
    title: { en: 'The request cannot be read', km: 'មិនអាចអានសំណើបាន' },
    detail: { en: 'It is not a well-formed HTTP request.', km: 'សំណើនេះមិនមានទម្រង់ HTTP ត្រឹមត្រូវទេ។' },
  },
  'malformed-json': {
    status: 400,
    title: { en: 'The body is not JSON', km: 'ខ្លឹមសារមិនមែនជា JSON' },
    detail: {
      en: 'Send one JSON object, written in UTF-8, with no key twice and none that names internals of the program.',
      km: 'សូមផ្ញើវត្ថុ JSON មួយ សរសេរជា UTF-8 ដោយគ្មានឈ្មោះស្ទួន ឬឈ្មោះដែលប៉ះពាល់ផ្នែកខាងក្នុងនៃកម្មវិធី។',
    },
  },
  'invalid-fields': {
    status: 400,
    title: { en: 'Some fields cannot be used', km: 'មានចន្លោះខ្លះមិនអាចប្រើបាន' },
    detail: { en: 'Each of them is named under errors.', km: 'ចន្លោះនីមួយៗមានរាយក្នុង errors។' },
  },
  'role-not-allowed': {
    status: 403,
    title: { en: 'Not for this role', km: 'មិនសម្រាប់តួនាទីនេះទេ' },
    detail: {
      en: 'The access policy gives this to other roles. Ask a supervisor who can do it for you.',
      km: 'គោលការណ៍សិទ្ធិផ្តល់ការងារនេះដល់តួនាទីផ្សេង។ សូមសួរអ្នកគ្រប់គ្រងដែលអាចធ្វើជំនួសអ្នក។',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'Not found', km: 'រកមិនឃើញ' },
    detail: { en: 'There is no such thing here, or not for you.', km: 'គ្មានអ្វីបែបនេះនៅទីនេះ ឬមិនមែនសម្រាប់អ្នកទេ។' },
  },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This cannot be done here', km: 'មិនអាចធ្វើដូច្នេះនៅទីនេះបានទេ' },
    detail: { en: 'The header Allow names what can.', km: 'ក្បាល Allow ប្រាប់អ្វីដែលអាចធ្វើបាន។' },
  },
  'request-timeout': {
    status: 408,
    title: { en: 'The request took too long to arrive', km: 'សំណើមកដល់យឺតពេក' },
    detail: { en: 'Send it again.', km: 'សូមផ្ញើម្តងទៀត។' },
  },
  'state-conflict': {
    status: 409,
    title: { en: 'The case is not where this can be done', km: 'ករណីមិនស្ថិតក្នុងស្ថានភាពដែលអាចធ្វើដូច្នេះបានទេ' },
    detail: {
      en: 'It may have moved on since you read it. Read it again; what is in the way is listed under unmet.',
      km: 'ករណីអាចបានផ្លាស់ប្តូរបន្ទាប់ពីអ្នកអាន។ សូមអានម្តងទៀត អ្វីដែលរារាំងមានរាយក្នុង unmet។',
    },
  },
  'version-conflict': {
    status: 409,
    title: { en: 'Others changed this at the same moment', km: 'អ្នកផ្សេងបានផ្លាស់ប្តូរវានៅពេលតែមួយ' },
    detail: {
      en: 'Nothing was stored. Read it again and retry.',
      km: 'គ្មានអ្វីត្រូវបានរក្សាទុកទេ។ សូមអានម្តងទៀត ហើយព្យាយាមឡើងវិញ។',
    },
  },
  'already-exists': {
    status: 409,
    title: { en: 'Already there', km: 'មានរួចហើយ' },
    detail: { en: 'Something with this id or code exists.', km: 'មានលេខសម្គាល់ ឬកូដនេះរួចហើយ។' },
  },
  'version-stale': {
    status: 412,
    title: { en: 'This changed since you read it', km: 'វាបានផ្លាស់ប្តូរបន្ទាប់ពីអ្នកអាន' },
    detail: {
      en: 'Nothing was stored. The present version is given; read it again and decide anew.',
      km: 'គ្មានអ្វីត្រូវបានរក្សាទុកទេ។ កំណែបច្ចុប្បន្នមានបង្ហាញ សូមអានម្តងទៀត ហើយសម្រេចឡើងវិញ។',
    },
  },
  'body-too-large': {
    status: 413,
    title: { en: 'The body is too large', km: 'ខ្លឹមសារធំពេក' },
    detail: { en: 'At most 256 kB are read.', km: 'អានបានច្រើនបំផុត ២៥៦ kB។' },
  },
  'file-too-large': {
    status: 413,
    title: { en: 'The file is too large', km: 'ឯកសារធំពេក' },
    detail: { en: 'At most 10 MB are taken.', km: 'ទទួលបានច្រើនបំផុត ១០ MB។' },
  },
  'address-too-long': {
    status: 414,
    title: { en: 'The address is too long', km: 'អាសយដ្ឋានវែងពេក' },
    detail: { en: 'No address of this interface is that long.', km: 'គ្មានអាសយដ្ឋានណាវែងដូច្នេះទេ។' },
  },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'Only JSON is read', km: 'អានបានតែ JSON' },
    detail: {
      en: 'Send Content-Type: application/json, in UTF-8 and not packed.',
      km: 'សូមផ្ញើ Content-Type: application/json ជា UTF-8 ដោយមិនបង្ហាប់។',
    },
  },
  'file-expected': {
    status: 415,
    title: { en: 'A file is expected here', km: 'ត្រូវផ្ញើឯកសារនៅទីនេះ' },
    detail: {
      en: 'Send its bytes alone, with Content-Type: application/octet-stream and not packed.',
      km: 'សូមផ្ញើតែខ្លឹមសារឯកសារ ដោយប្រើ Content-Type: application/octet-stream និងមិនបង្ហាប់។',
    },
  },
  'requirements-unmet': {
    status: 422,
    title: { en: 'Something is missing', km: 'នៅខ្វះអ្វីមួយ' },
    detail: { en: 'All that is missing is listed under unmet.', km: 'អ្វីៗដែលខ្វះមានរាយក្នុង unmet។' },
  },
  'export-needs-approval': {
    status: 409,
    title: { en: 'A second person has to agree first', km: 'ត្រូវមានអ្នកទីពីរយល់ព្រមជាមុនសិន' },
    detail: {
      en: 'It holds many rows or says where children live. A supervisor of the agency, or the ministry, agrees.',
      km: 'វាមានជួរដេកច្រើន ឬបង្ហាញទីកន្លែងដែលកុមាររស់នៅ។ អ្នកគ្រប់គ្រងរបស់ស្ថាប័ន ឬក្រសួងត្រូវយល់ព្រម។',
    },
  },
  'export-expired': {
    status: 410,
    title: { en: 'The time to fetch the file is over', km: 'ហួសពេលទាញយកឯកសារហើយ' },
    detail: { en: 'It can be fetched for 24 hours. Ask for another.', km: 'អាចទាញយកបានក្នុងរយៈពេល ២៤ ម៉ោង។ សូមស្នើម្តងទៀត។' },
  },
  'export-another-person': {
    status: 403,
    title: { en: 'This is for another person to do', km: 'នេះជាការងាររបស់អ្នកផ្សេង' },
    detail: {
      en: 'Nobody agrees to what they asked for, and nobody fetches what another asked for.',
      km: 'គ្មាននរណាយល់ព្រមលើអ្វីដែលខ្លួនស្នើទេ ហើយគ្មាននរណាទាញយកអ្វីដែលអ្នកដទៃស្នើឡើយ។',
    },
  },
  'key-reused': {
    status: 422,
    title: { en: 'This Idempotency-Key was used before', km: 'Idempotency-Key នេះត្រូវបានប្រើរួចហើយ' },
    detail: {
      en: 'It belongs to another request. Take a new key for a new request.',
      km: 'វាជារបស់សំណើផ្សេង។ សូមប្រើសោថ្មីសម្រាប់សំណើថ្មី។',
    },
  },
  'too-many-requests': {
    status: 429,
    title: { en: 'Too many requests', km: 'សំណើច្រើនពេក' },
    detail: {
      en: 'Try again after the seconds given in Retry-After.',
      km: 'សូមព្យាយាមម្តងទៀតក្រោយវិនាទីក្នុង Retry-After។',
    },
  },
  'searches-used-up': {
    status: 429,
    title: { en: 'Too many searches', km: 'ស្វែងរកច្រើនពេក' },
    detail: {
      en: 'At most 30 searches for a person are answered in an hour. Try again after the time given in Retry-After.',
      km: 'ក្នុងមួយម៉ោង ស្វែងរកបុគ្គលបានច្រើនបំផុត ៣០ ដង។ សូមព្យាយាមម្តងទៀតក្រោយពេលក្នុង Retry-After។',
    },
  },
  'headers-too-large': {
    status: 431,
    title: { en: 'The headers are too large', km: 'ក្បាលសំណើធំពេក' },
    detail: { en: 'Send fewer or shorter ones.', km: 'សូមផ្ញើតិចជាង ឬខ្លីជាងនេះ។' },
  },
  internal: {
    status: 500,
    title: { en: 'The program failed', km: 'កម្មវិធីបរាជ័យ' },
    detail: {
      en: 'It was noted under the traceId. Sent again with the same Idempotency-Key, the request is done once.',
      km: 'វាត្រូវបានកត់ត្រាក្រោម traceId។ បើផ្ញើម្តងទៀតដោយប្រើ Idempotency-Key ដដែល សំណើនឹងធ្វើតែម្តង។',
    },
  },
  'file-unreadable': {
    status: 500,
    title: { en: 'The file cannot be read any more', km: 'មិនអាចអានឯកសារនេះបានទៀតទេ' },
    detail: {
      en: 'It was changed or is gone since it was stored. Tell whoever operates the program; a backup may hold it.',
      km: 'វាត្រូវបានផ្លាស់ប្តូរ ឬបាត់បង់ក្រោយពេលរក្សាទុក។ សូមប្រាប់អ្នកថែទាំកម្មវិធី ច្បាប់បម្រុងទុកប្រហែលជានៅមាន។',
    },
  },
  'read-not-recorded': {
    status: 503,
    title: { en: 'The reading could not be recorded', km: 'មិនអាចកត់ត្រាការអានបានទេ' },
    detail: {
      en: 'No child’s record is shown without a trace of who saw it. Try again in a moment.',
      km: 'កំណត់ត្រារបស់កុមារមិនត្រូវបានបង្ហាញដោយគ្មានកំណត់ហេតុថាអ្នកណាបានមើលទេ។ សូមព្យាយាមម្តងទៀតបន្តិចក្រោយ។',
    },
  },
  unavailable: {
    status: 503,
    title: { en: 'The database is away', km: 'មូលដ្ឋានទិន្នន័យមិនអាចប្រើបាន' },
    detail: {
      en: 'Try again after the time given in Retry-After, with the same Idempotency-Key.',
      km: 'សូមព្យាយាមម្តងទៀតក្រោយពេលក្នុង Retry-After ដោយប្រើ Idempotency-Key ដដែល។',
    },
  },
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof problemTexts;
