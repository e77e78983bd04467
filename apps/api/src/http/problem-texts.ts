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
  'malformed-request': {
    status: 400,
    title: { en: 'The request cannot be read', km: 'មិនអាចអានសំណើបាន' },
    detail: { en: 'It is not a well-formed HTTP request.', km: 'សំណើនេះមិនមានទម្រង់ HTTP ត្រឹមត្រូវទេ។' },
  },
  'malformed-json': {
    status: 400,
    title: { en: 'The body is not JSON', km: 'ខ្លឹមសារមិនមែនជា JSON' },
    detail: {
      en: 'Send one JSON object, written in UTF-8, without keys that name internals of the program.',
      km: 'សូមផ្ញើវត្ថុ JSON មួយ សរសេរជា UTF-8 ដោយគ្មានឈ្មោះដែលប៉ះពាល់ផ្នែកខាងក្នុងនៃកម្មវិធី។',
    },
  },
  'invalid-fields': {
    status: 400,
    title: { en: 'Some fields cannot be used', km: 'មានចន្លោះខ្លះមិនអាចប្រើបាន' },
    detail: { en: 'Each of them is named under errors.', km: 'ចន្លោះនីមួយៗមានរាយក្នុង errors។' },
  },
  'caller-unknown': {
    status: 401,
    title: { en: 'Who calls is not known', km: 'មិនស្គាល់អ្នកហៅ' },
    detail: {
      en: 'Send the header X-Spean-Caller with the id of a member of staff. It serves development alone.',
      km: 'សូមផ្ញើក្បាល X-Spean-Caller ដែលមានលេខសម្គាល់បុគ្គលិក។ វាសម្រាប់តែការអភិវឌ្ឍប៉ុណ្ណោះ។',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'Not found', km: 'រកមិនឃើញ' },
    detail: { en: 'There is no such thing here, or not for you.', km: 'គ្មានអ្វីបែបនេះនៅទីនេះ ឬមិនមែនសម្រាប់អ្នកទេ។' },
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
    detail: { en: 'At most 100 kB are read.', km: 'អានបានច្រើនបំផុត ១០០ kB។' },
  },
  'address-too-long': {
    status: 414,
    title: { en: 'The address is too long', km: 'អាសយដ្ឋានវែងពេក' },
    detail: { en: 'No address of this interface is that long.', km: 'គ្មានអាសយដ្ឋានណាវែងដូច្នេះទេ។' },
  },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'Only JSON is read', km: 'អានបានតែ JSON' },
    detail: { en: 'Send Content-Type: application/json.', km: 'សូមផ្ញើ Content-Type: application/json។' },
  },
  'requirements-unmet': {
    status: 422,
    title: { en: 'Something is missing', km: 'នៅខ្វះអ្វីមួយ' },
    detail: { en: 'All that is missing is listed under unmet.', km: 'អ្វីៗដែលខ្វះមានរាយក្នុង unmet។' },
  },
  'key-reused': {
    status: 422,
    title: { en: 'This Idempotency-Key was used before', km: 'Idempotency-Key នេះត្រូវបានប្រើរួចហើយ' },
    detail: {
      en: 'It belongs to another request. Take a new key for a new request.',
      km: 'វាជារបស់សំណើផ្សេង។ សូមប្រើសោថ្មីសម្រាប់សំណើថ្មី។',
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
