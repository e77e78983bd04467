import type { FacilityLife } from '../definition.js';
import { label } from './diagram.js';
import { table } from './table.js';

/** The register of facilities: the life of one as a diagram, what its states mean, what an inspection may come to. */
export function facilityPart(life: FacilityLife): string[] {
  return [
    '## Facilities',
    `\`\`\`mermaid\n${facilityDiagram(life)}\`\`\``,
    table(
      ['State', 'Meaning', 'Takes new children', 'Leads to'],
      Object.entries(life.states).map(([code, { title, admits, ended }]) => [
        code,
        title.en,
        admits === true ? 'yes' : '**no**',
        ended === true ? 'end' : life.transitions.flatMap(([from, to]) => (from === code ? [to] : [])).join(', '),
      ]),
    ),
    table(
      ['Kind', 'Facility', 'Place'],
      Object.entries(life.types).map(([code, { title, hidden }]) => [
        code,
        title.en,
        hidden === true ? 'sealed below the district' : 'village in clear',
      ]),
    ),
    table(
      ['Result of an inspection', 'Meaning', 'Leads to', 'Possible in'],
      Object.entries(life.inspection.results).map(([code, { title, leadsTo, from }]) => [
        code,
        title.en,
        leadsTo ?? 'nowhere',
        from?.join(', ') ?? 'any state it can follow',
      ]),
    ),
    table(
      ['Finding', 'Meaning'],
      Object.entries(life.inspection.findings).map(([code, { en }]) => [code, en]),
    ),
    table(
      ['Who may', 'Roles'],
      Object.entries(life.roles).map(([act, roles]) => [act, roles.join(', ')]),
    ),
  ];
}

/** States with their titles, and the ways between them. */
export function facilityDiagram({ states, transitions, registered, found }: FacilityLife): string {
  const all = Object.entries(states);
  return [
    'stateDiagram-v2',
    ...all.map(([code, { title }]) => `  ${code} : ${label(title.en)}`),
    ...[...registered, found].map((code) => `  [*] --> ${code}`),
    ...transitions.map(([from, to]) => `  ${from} --> ${to}`),
    ...all.filter(([, { ended }]) => ended).map(([code]) => `  ${code} --> [*]`),
    '',
  ].join('\n');
}
