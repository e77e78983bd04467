import type { SupervisionDefinition } from '#libs/pathways';

/** How much one member of staff has to do. */
export interface Workload {
  staff: string;
  agency: string;
  /** Cases that have not ended, and those at high risk among them. */
  active: number;
  highRisk: number;
}

type Caps = SupervisionDefinition['caseload'];

/** The share of the caseload that is used up, by the cap that is nearer; from 1 on the caseload is full. */
export function loadOf({ active, highRisk }: Workload, caps: Caps): number {
  return Math.max(active / caps.active, highRisk / caps.highRisk);
}

/** Whether somebody keeps more than the caps allow. */
export function isOverloaded({ active, highRisk }: Workload, caps: Caps): boolean {
  return active > caps.active || highRisk > caps.highRisk;
}

/**
 * Whom to give a new case, best first: whoever has least to do. So nobody is proposed whose caseload is full while a
 * colleague's is not even half. Who has as much to do as another keeps the order of the names.
 */
export function proposeWorkers(workloads: readonly Workload[], caps: Caps): Workload[] {
  return workloads.toSorted(
    (one, other) =>
      loadOf(one, caps) - loadOf(other, caps) || one.active - other.active || (one.staff < other.staff ? -1 : 1),
  );
}
