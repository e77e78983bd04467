import type { FindingCode } from './finding-code.js';
import { khmerOf } from './finding-texts.js';

export type { FindingCode, ReferenceKind } from './finding-code.js';

/** One thing wrong with a definition. Lint reports all of them at once. */
export interface Finding {
  severity: 'error' | 'warning';
  code: FindingCode;
  /** JSON pointer into the definition: `/transitions/3/roles/0`. */
  path: string;
  message: { en: string; km: string };
  /** Line of the source text, from 1, where it is known. */
  line?: number;
}

export function error(code: FindingCode, path: string, message: string): Finding {
  return { severity: 'error', code, path, message: { en: message, km: khmerOf(code) } };
}
