import type { RequestedService } from '#libs/cases';
import { NOT_SPECIFIED } from './codes/service-table.js';

/** Our reasons for refusing a referral (pathways, section 7). */
const reasons: ReadonlySet<string> = new Set([
  'OUT_OF_AREA',
  'NO_CAPACITY',
  'NOT_ELIGIBLE',
  'DUPLICATE',
  'NO_CONSENT',
  'CONFLICT_OF_INTEREST',
  'UNSAFE',
  'SERVICE_NOT_SPECIFIED',
  'CHILD_DECLINED',
  'OTHER',
]);

/** A reason in free words stays sealed; only a code of ours, or what the service itself tells, stands in clear. */
export function rejectionReason({ code }: RequestedService, words: (string | undefined)[]): string {
  const told = words.map((word) => word?.trim()).find((word) => word !== undefined && reasons.has(word));
  return told ?? (code === NOT_SPECIFIED ? 'SERVICE_NOT_SPECIFIED' : 'OTHER');
}
