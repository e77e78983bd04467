/** Problems with who somebody is, and with what they may change about others. The Khmer is an unreviewed draft. */
export const identityProblems = {
  'caller-unknown': {
    status: 401,
    title: { en: 'Who calls is not known', km: 'មិនស្គាល់អ្នកហៅ' },
    detail: {
      en: 'Sign in at /api/v1/sessions. A session ends after 15 minutes without use, and after 12 hours.',
      km: 'សូមចូលប្រើតាម /api/v1/sessions។ វគ្គប្រើប្រាស់ចប់ក្រោយ ១៥ នាទីដោយមិនប្រើ និងក្រោយ ១២ ម៉ោង។',
    },
  },
  'sign-in-refused': {
    status: 401,
    title: { en: 'You could not be signed in', km: 'មិនអាចចូលប្រើបាន' },
    detail: {
      en: 'Account and password do not belong together, or there is no such account any more.',
      km: 'គណនី និងពាក្យសម្ងាត់មិនត្រូវគ្នា ឬគណនីនេះលែងមានហើយ។',
    },
  },
  'provider-away': {
    status: 503,
    title: { en: 'Your identity provider does not answer', km: 'អ្នកផ្តល់អត្តសញ្ញាណរបស់អ្នកមិនឆ្លើយតប' },
    detail: {
      en: 'Try again in a moment, or sign in with your password if you have one here.',
      km: 'សូមព្យាយាមម្តងទៀតបន្តិចក្រោយ ឬចូលប្រើដោយពាក្យសម្ងាត់ ប្រសិនបើអ្នកមាននៅទីនេះ។',
    },
  },
  'proof-refused': {
    status: 401,
    title: { en: 'This does not prove who you are', km: 'នេះមិនបញ្ជាក់អត្តសញ្ញាណរបស់អ្នកទេ' },
    detail: {
      en: 'The code is wrong, too old, or was used before. Wait for the next one and try again.',
      km: 'លេខកូដខុស ចាស់ពេក ឬបានប្រើរួចហើយ។ សូមរង់ចាំលេខកូដបន្ទាប់ ហើយព្យាយាមម្តងទៀត។',
    },
  },
  'second-factor-due': {
    status: 403,
    title: { en: 'Your second factor is missing', km: 'នៅខ្វះកត្តាបញ្ជាក់ទីពីរ' },
    detail: {
      en: 'Give a code, a recovery code or a passkey first, at /api/v1/sessions/current/proof.',
      km: 'សូមផ្តល់លេខកូដ លេខកូដសង្គ្រោះ ឬ passkey ជាមុនសិន តាម /api/v1/sessions/current/proof។',
    },
  },
  'enrolment-due': {
    status: 403,
    title: { en: 'You have no second factor yet', km: 'អ្នកមិនទាន់មានកត្តាបញ្ជាក់ទីពីរទេ' },
    detail: {
      en: 'A password alone opens nothing. Add an authenticator app or a passkey first.',
      km: 'ពាក្យសម្ងាត់តែមួយមុខមិនអាចបើកអ្វីបានទេ។ សូមបន្ថែមកម្មវិធីបញ្ជាក់ ឬ passkey ជាមុនសិន។',
    },
  },
  'proof-due': {
    status: 403,
    title: { en: 'Prove again who you are', km: 'សូមបញ្ជាក់អត្តសញ្ញាណម្តងទៀត' },
    detail: {
      en: 'This needs a proof of the last five minutes. Give one at /api/v1/sessions/current/proof, then ask again.',
      km: 'ការនេះត្រូវការការបញ្ជាក់ក្នុង ៥ នាទីចុងក្រោយ។ សូមបញ្ជាក់តាម /api/v1/sessions/current/proof រួចសុំម្តងទៀត។',
    },
  },
  'csrf-missing': {
    status: 403,
    title: { en: 'The request does not come from our own page', km: 'សំណើមិនមកពីទំព័ររបស់យើងទេ' },
    detail: {
      en: 'With a cookie, every change needs the header X-Spean-CSRF with the value told at sign-in.',
      km: 'ពេលប្រើ cookie ការផ្លាស់ប្តូរនីមួយៗត្រូវការក្បាល X-Spean-CSRF ដែលមានតម្លៃបានប្រាប់ពេលចូលប្រើ។',
    },
  },
  'not-administrator': {
    status: 403,
    title: { en: 'This is not yours to administer', km: 'អ្នកគ្មានសិទ្ធិគ្រប់គ្រងការនេះទេ' },
    detail: {
      en: 'Accounts are administered by supervisors of the same agency or by the national office.',
      km: 'គណនីគ្រប់គ្រងដោយអ្នកគ្រប់គ្រងនៃស្ថាប័នដដែល ឬដោយថ្នាក់ជាតិ។',
    },
  },
  'scope-missing': {
    status: 403,
    title: { en: 'This program may not do that', km: 'កម្មវិធីនេះគ្មានសិទ្ធិធ្វើការនេះទេ' },
    detail: {
      en: 'Its account does not have the scope that this route needs.',
      km: 'គណនីរបស់វាគ្មានវិសាលភាពដែលផ្លូវនេះត្រូវការទេ។',
    },
  },
  'last-factor': {
    status: 409,
    title: { en: 'This is your only second factor', km: 'នេះជាកត្តាបញ្ជាក់ទីពីរតែមួយរបស់អ្នក' },
    detail: { en: 'Add another one before you remove it.', km: 'សូមបន្ថែមមួយទៀត មុននឹងដកវាចេញ។' },
  },
  'keys-in-use': {
    status: 409,
    title: { en: 'Two keys are in use already', km: 'មានសោពីរកំពុងប្រើរួចហើយ' },
    detail: {
      en: 'Withdraw one of them before you make another.',
      km: 'សូមដកសោមួយចេញ មុននឹងបង្កើតសោថ្មី។',
    },
  },
  'invitation-unusable': {
    status: 422,
    title: { en: 'This invitation cannot be used', km: 'មិនអាចប្រើការអញ្ជើញនេះបាន' },
    detail: {
      en: 'It was used, has expired after 72 hours, or was replaced by a newer one. Ask for another.',
      km: 'វាត្រូវបានប្រើរួច ផុតកំណត់ក្រោយ ៧២ ម៉ោង ឬត្រូវបានជំនួសដោយថ្មី។ សូមសុំការអញ្ជើញថ្មី។',
    },
  },
  'too-many-attempts': {
    status: 429,
    title: { en: 'Too many attempts', km: 'ព្យាយាមច្រើនដងពេក' },
    detail: {
      en: 'Try again after the time given in Retry-After. Each further failure makes it longer.',
      km: 'សូមព្យាយាមម្តងទៀតក្រោយពេលក្នុង Retry-After។ បើខុសម្តងទៀត ពេលរង់ចាំនឹងយូរជាង។',
    },
  },
  'account-frozen': {
    status: 429,
    title: { en: 'This account is frozen', km: 'គណនីនេះត្រូវបានបង្កក' },
    detail: {
      en: 'It went beyond the records it may handle on one day. A person at its agency has to look and unfreeze it.',
      km: 'វាបានលើសចំនួនកំណត់ត្រាក្នុងមួយថ្ងៃ។ មនុស្សនៅស្ថាប័នត្រូវពិនិត្យ ហើយដោះការបង្កក។',
    },
  },
} as const;
