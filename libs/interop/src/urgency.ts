import type { Urgency } from '#libs/cases';
import { entryOf } from './objects.js';

/** Primero's implementation timeframes; a routine week has none. */
const byTimeframe: Record<string, Urgency> = {
  '1_hour': 'EMERGENCY',
  '3_hours': 'URGENT_3H',
  '1_day': 'URGENT',
  '3_days': 'SOON',
};

/** A referral without a timeframe, or with one that is not Primero's own, is answered within the routine week. */
export const urgencyOf = (timeframe: string | undefined): Urgency =>
  (timeframe === undefined ? undefined : entryOf(byTimeframe, timeframe)) ?? 'ROUTINE';

export const timeframeOf = (urgency: Urgency): string | undefined =>
  Object.keys(byTimeframe).find((timeframe) => byTimeframe[timeframe] === urgency);
