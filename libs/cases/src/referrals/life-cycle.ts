import type { ReferralState } from '#libs/pathways';

/** Which state a referral may move to from which (pathways, section 7). */
export const moves: Record<ReferralState, readonly ReferralState[]> = {
  DRAFT: ['SENT', 'REVOKED'],
  SENT: ['ACKNOWLEDGED', 'ACCEPTED', 'REJECTED', 'EXPIRED', 'REVOKED'],
  ACKNOWLEDGED: ['MORE_INFO', 'ACCEPTED', 'REJECTED', 'EXPIRED', 'REVOKED'],
  MORE_INFO: ['ACKNOWLEDGED', 'EXPIRED', 'REVOKED'],
  ACCEPTED: ['IN_SERVICE', 'REVOKED'],
  IN_SERVICE: ['COMPLETED', 'REVOKED'],
  COMPLETED: [],
  REJECTED: [],
  REVOKED: [],
  EXPIRED: ['SENT', 'REVOKED'],
};

export function mayMove(from: ReferralState, to: ReferralState): boolean {
  return moves[from].includes(to);
}

/** The states passed through on the shortest way from one to another; undefined when there is none. */
export function pathBetween(from: ReferralState, to: ReferralState): ReferralState[] | undefined {
  if (from === to) return [];
  const queue: ReferralState[][] = [[from]];
  const seen = new Set<ReferralState>([from]);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const next of moves[path[path.length - 1] as ReferralState]) {
      if (next === to) return [...path.slice(1), next];
      if (!seen.has(next)) {
        seen.add(next);
        queue.push([...path, next]);
      }
    }
  }
  return undefined;
}
