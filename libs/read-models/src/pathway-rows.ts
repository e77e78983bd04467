import type { PathwayHistory, VersionStatus } from '#libs/pathway-versions';
import type { Table } from './table.js';

export interface PathwayVersionRow {
  stream_id: string;
  version: string;
  pathway: string;
  base: string | null;
  source: string;
  safety: string[];
  approvals_needed: number;
  proposed_by: string;
  proposed_at: string;
  approved_by: string[];
  effective_on: string | null;
  published_at: string | null;
  effective_from: string | null;
}

export const pathwayVersionTable: Table<PathwayVersionRow> = {
  name: 'pathway_versions',
  key: ['stream_id', 'version'],
  columns: [
    'stream_id',
    'version',
    'pathway',
    'base',
    'source',
    'safety',
    'approvals_needed',
    'proposed_by',
    'proposed_at',
    'approved_by',
    'effective_on',
    'published_at',
    'effective_from',
  ],
};

export function pathwayVersionRows(id: string, { versions }: PathwayHistory): PathwayVersionRow[] {
  return versions.map((status) => rowOf(id, status));
}

function rowOf(id: string, status: VersionStatus): PathwayVersionRow {
  return {
    stream_id: id,
    version: status.version,
    pathway: status.pathway,
    base: status.base ?? null,
    source: status.source,
    safety: status.safety,
    approvals_needed: status.approvalsNeeded,
    proposed_by: status.proposedBy,
    proposed_at: status.proposedAt,
    approved_by: status.approvedBy,
    effective_on: status.effectiveOn ?? null,
    published_at: status.publishedAt ?? null,
    effective_from: status.effectiveFrom ?? null,
  };
}
