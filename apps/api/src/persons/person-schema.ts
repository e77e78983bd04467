import type { CaseView, ChildView, PossibleDuplicate } from '#libs/read-models';

import { anything, bilingual, flag, list, nullable, ratio, shape, text, uuid, whole } from '../description/schema.js';

export const personSchema = shape<CaseView['person']>({
  id: uuid,
  version: whole,
  sex: nullable(text),
  ageBand: nullable(text),
  province: nullable(text),
  district: nullable(text),
  synthetic: nullable(flag),
  mergedInto: { ...nullable(uuid), description: 'The record that was found to be of the same child' },
  identity: { ...anything, description: 'What names the child; empty once forgotten' },
  location: { ...anything, description: 'Where the child lives; empty once forgotten' },
});

export const childSchema = shape<ChildView>({
  records: { ...list(uuid), description: 'Records that are known to be of this child' },
  flags: list(
    shape<ChildView['flags'][number]>({
      flagId: uuid,
      personId: uuid,
      kind: text,
      title: nullable(bilingual),
      by: { ...nullable(text), description: 'Who raised it; null unless the case it comes from is in sight' },
    }),
  ),
  cases: list(
    shape<ChildView['cases'][number]>({
      caseId: uuid,
      personId: uuid,
      code: text,
      pathway: nullable(text),
      agency: text,
      ended: flag,
    }),
  ),
});

export const duplicatesSchema = list(
  shape<PossibleDuplicate>({
    person: personSchema,
    score: { ...ratio, description: 'How far the two look alike; it decides nothing' },
    reasons: { ...list(text), description: 'What speaks for it and against it' },
  }),
);
