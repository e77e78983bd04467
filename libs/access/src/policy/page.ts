import type { RoleGroup } from './roles.js';
import { roles } from './roles.js';
import { routes, type RouteRule } from './routes.js';
import { actionTitles, policy, type CaseAction, type Rule } from './table.js';
import { relationTitles } from './relations.js';

/** Where the page of the access policy lies in the checkout. */
export const policyPagePath = 'docs/security/access-policy.md';

/** The access policy as a page for people: who may do what, and see what, standing so to a case. */
export function policyPage(): string {
  return [
    '# Access policy',
    '',
    '<!-- Written from libs/access/src/policy by `spean access document`; change it there. -->',
    '',
    'Access is role x relation to the case x class of field. One table decides it for commands, reads, lists and exports.',
    'Whoever is in conflict of interest on a case, or shut out by an allegation, finds no case, whatever their role.',
    '',
    '## Roles',
    '',
    ...table(
      ['Group', 'Roles'],
      Object.entries(roles).map(([group, codes]) => [group, codes.join(', ')]),
    ),
    '## Relations to a case',
    '',
    ...table(['Relation', 'Holds for whoever'], Object.entries(relationTitles)),
    '## What may be done',
    '',
    '`staged` is what a referral tells before it is accepted, `progress` all that is coded; the other classes are sealed.',
    'A `receiver` sees of them what was granted with the referral (`libs/access/src/sharing/information-sharing.yaml`).',
    '',
    ...(Object.keys(policy) as CaseAction[]).flatMap(actionSection),
    '## Routes',
    '',
    ...table(
      ['Route', 'Answers'],
      Object.entries(routes).map(([route, rule]) => [`\`${route}\``, answers(rule)]),
    ),
  ].join('\n');
}

function actionSection(action: CaseAction): string[] {
  const rows = policy[action] as readonly Rule[];
  const shows = rows.some((row) => row.shows !== undefined);
  const columns = ['Roles', 'Standing as', ...(shows ? ['See'] : [])];
  return [
    `### \`${action}\``,
    '',
    actionTitles[action],
    '',
    ...table(
      columns,
      rows.map((row) => [
        row.groups.join(', '),
        row.relations.join(', '),
        ...(shows ? [(row.shows ?? []).join(', ')] : []),
      ]),
    ),
  ];
}

function answers(rule: RouteRule): string {
  switch (rule.to) {
    case 'anybody':
      return 'anybody';
    case 'staff':
      return 'whoever is known, of their own';
    case 'groups':
      return names(rule.groups);
    case 'case':
      return `\`${rule.action}\``;
    case 'person':
      return "whoever may see one of the child's cases";
    case 'programs':
      return 'service accounts with the scope, of each case what `case.tell` says';
  }
}

const names = (groups: readonly RoleGroup[]): string => groups.join(', ');

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''];
}
