import type { RiskLevel } from '#libs/pathways';

/** Higher is more urgent. */
export const riskOrder: Record<RiskLevel, number> = { no_action: 0, low: 1, medium: 2, high: 3 };
