import type { RequestProblem, ProblemDetails } from './problem.js';
import { problemTexts } from './problem-texts.js';
import type { Language } from './language.js';

/** RFC 9457. `instance` names the occurrence by its trace, so that an address with a name in it is never repeated. */
export interface ProblemDocument extends ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  traceId: string;
}

export const problemMediaType = 'application/problem+json; charset=utf-8';

export function problemDocument(problem: RequestProblem, language: Language, traceId: string): ProblemDocument {
  const { title, detail, status } = problemTexts[problem.code];
  return {
    type: `urn:spean:problem:${problem.code}`,
    title: title[language],
    status,
    detail: detail[language],
    instance: `urn:spean:trace:${traceId}`,
    traceId,
    ...problem.details,
  };
}
