import type { CaseView } from '#libs/read-models';

import { anything, flag, nullable, shape, text, uuid, whole } from '../description/schema.js';

export const personSchema = shape<CaseView['person']>({
  id: uuid,
  version: whole,
  sex: nullable(text),
  ageBand: nullable(text),
  province: nullable(text),
  district: nullable(text),
  synthetic: nullable(flag),
  identity: { ...anything, description: 'What names the child; empty once forgotten' },
  location: { ...anything, description: 'Where the child lives; empty once forgotten' },
});
