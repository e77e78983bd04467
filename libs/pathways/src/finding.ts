import { khmerOf } from './finding-texts.js';

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

export type FindingCode =
  | 'syntax'
  | 'schema'
  | 'text-untranslated'
  | 'state-unreachable'
  | 'state-cannot-end'
  | 'terminal-left'
  | 'terminal-stuck'
  | 'transition-duplicate'
  | 'action-ambiguous'
  | 'system-alone'
  | 'guard-empty'
  | 'guard-misnamed'
  | 'guard-duplicate'
  | 'outcome-ambiguous'
  | 'decision-without-decider'
  | 'fact-without-options'
  | 'notice-missing'
  | 'due-rule-open'
  | 'due-rule-dead'
  | 'due-span'
  | 'legal-extendable'
  | 'proposal-without-referral'
  | 'rung-syntax'
  | 'rung-order'
  | 'safety-removed'
  | 'watchlist-not-on-record'
  | 'report-without-windows'
  | 'catalogue-without-rows'
  | 'facility-unreachable'
  | 'facility-end-left'
  | 'facility-end-missing'
  | 'facility-register-missing'
  | 'facility-trigger'
  | 'facility-condition'
  | 'migration-unmapped'
  | 'migration-stray'
  | 'overlay-base'
  | 'overlay-structure'
  | 'overlay-number'
  | 'overlay-legal-limit'
  | `unknown-${ReferenceKind}`;

/** What a definition refers to by code. */
export type ReferenceKind =
  | 'role'
  | 'document'
  | 'consent'
  | 'state'
  | 'transition'
  | 'fact'
  | 'fact-time'
  | 'fact-value'
  | 'track'
  | 'track-state'
  | 'gate'
  | 'gate-outcome'
  | 'gate-option'
  | 'decision'
  | 'reason-list'
  | 'reason'
  | 'deadline'
  | 'common-deadline'
  | 'ladder'
  | 'score'
  | 'facility-state'
  | 'facility-type'
  | 'facility-date'
  | 'note-kind'
  | 'exception'
  | 'person-flag'
  | 'ladder-action'
  | 'ladder-record';

export function error(code: FindingCode, path: string, message: string): Finding {
  return { severity: 'error', code, path, message: { en: message, km: khmerOf(code) } };
}
