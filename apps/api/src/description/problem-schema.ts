import type { FieldError } from '../http/problem.js';
import type { ProblemDocument } from '../http/problem-document.js';
import { bilingual, list, oneOf, shape, text, whole } from './schema.js';
import { fieldTexts } from '../http/field-texts.js';
import type { Unmet } from '#libs/cases';

/** RFC 9457, with what is wrong field by field and what is missing requirement by requirement. */
export const problemSchema = shape<ProblemDocument>(
  {
    type: { ...text, description: 'What kind of problem, as a URI' },
    title: text,
    status: whole,
    detail: text,
    instance: text,
    traceId: text,
    errors: list(shape<FieldError>({ field: text, code: oneOf(...Object.keys(fieldTexts)), message: bilingual })),
    unmet: list(shape<Unmet>({ code: text, subject: text, text: bilingual, tryFirst: list(text) }, 'tryFirst')),
    version: { ...whole, description: 'The present version of the case or person' },
    retryAfter: { ...whole, description: 'After how many seconds it may be tried again' },
  },
  'errors',
  'unmet',
  'version',
  'retryAfter',
);
