import type { PathwayRegistry } from '#libs/pathway-files';
import { pathwayKey, type Pathway, type ReportDefinitions } from '#libs/pathways';

/** What a report has to know of each version of a pathway, for SQL to join with its cases; and its latest words. */
export interface Configured<Report, Rule> {
  rows: (Rule & { id: string; key: string })[];
  reports: { id: string; report: Report }[];
}

/** The versions of all pathways that say what this report reads: cases of each are read as their own version says. */
export function configured<Name extends keyof ReportDefinitions, Rule extends object>(
  registry: PathwayRegistry,
  name: Name,
  ruleOf: (report: NonNullable<ReportDefinitions[Name]>, pathway: Pathway) => Rule,
): Configured<NonNullable<ReportDefinitions[Name]>, Rule> {
  const rows: (Rule & { id: string; key: string })[] = [];
  const reports = new Map<string, NonNullable<ReportDefinitions[Name]>>();
  for (const pathway of registry.all()) {
    const report = pathway.definition.reports?.[name];
    if (report === undefined) continue;
    const { id } = pathway.definition;
    rows.push({ ...ruleOf(report, pathway), id, key: pathwayKey(pathway.definition) });
    reports.set(id, registry.current(id).definition.reports?.[name] ?? report);
  }
  return { rows, reports: [...reports].map(([id, report]) => ({ id, report })) };
}
