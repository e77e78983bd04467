import { readFileSync } from 'node:fs';
import path from 'node:path';

import { checkoutDirectory } from '#libs/configuration';
import { parseDefinition, type PathwayDefinition } from '#libs/pathways';

const shipped = readFileSync(path.join(checkoutDirectory(), 'libs/pathways/definitions/ocsea.yaml'), 'utf8');

/** The map from the shipped version that leaves every state of the definition where it is. */
export function identityMap(definition: string = shipped): string {
  const states = Object.keys((parseDefinition(definition).value as PathwayDefinition).states);
  const map = states.map((state) => `${state}: ${state}`).join(', ');
  return ['migrations:', '  - from: 1.0.0', `    states: {${map}}`, ''].join('\n');
}

/** The shipped pathway of survivors as another version, changed by hand like an author would. */
export function survivorsVersion(
  version: string,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): string {
  return changes.reduce(
    (text, [from, to]) => {
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`nothing to change: ${String(from)}`);
      return changed;
    },
    shipped.replace('version: 1.0.0', `version: ${version}`),
  );
}

/** The step that a new law brings: the authority is told of the report, within 48 hours of its assignment. */
export const mandatoryReport: readonly (readonly [RegExp, string])[] = [
  [
    /^ {2}- id: A03\n/m,
    `  - id: A28
    from: [TRIAGE]
    to: TRIAGE
    action: report_to_authority
    title: {en: "Report to the authority as the law demands", km: "រាយការណ៍ទៅអាជ្ញាធរតាមច្បាប់", reviewed: false}
    roles: [OSVY_SW, NGO_CW, NGO_SUP, HELPLINE]
    documents: [{code: INTAKE_REPORT}]
    consents: []
    guards: []

  - id: A03
`,
  ],
  [
    /^deadlines:\n/m,
    `deadlines:
  DA26:
    title: {en: "Mandatory report to the authority", km: "របាយការណ៍ជាកាតព្វកិច្ចទៅអាជ្ញាធរ", reviewed: false}
    subject: case
    start: [{transition: [A01]}]
    stop: [{transition: [A28]}]
    cancel: [{entered: [NOT_A_CASE]}]
    due: [{clock: wall, granularity: moment, within: PT48H}]
    ladder: L_SAFETY
    basis: "An invented law, for tests"
    tag: ASSUMED
    confirmed: false
    extendable: false
`,
  ],
];
