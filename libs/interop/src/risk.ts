import type { RiskLevel } from '#libs/pathways';
import { entryOf } from './objects.js';

const levels: Record<string, RiskLevel> = {
  high: 'high',
  medium: 'medium',
  low: 'low',
  no_action: 'no_action',
  'no action': 'no_action',
};

/** Undefined for a word that is no risk level. A level that is absent stays absent: risk is never made up. */
export const readRisk = (word: string): RiskLevel | undefined => entryOf(levels, word.trim().toLowerCase());

export const oscarRisk = (level: RiskLevel): string => (level === 'no_action' ? 'no action' : level);
