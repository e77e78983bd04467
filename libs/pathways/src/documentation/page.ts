import type { CommonDefinition, PathwayDefinition, TransitionDefinition } from '../definition.js';
import { pathwayKey } from '../key.js';
import { watchlistTable, catalogueTable, reportTable, supervisionLine } from './report-tables.js';
import { deadlineTable } from './deadline-table.js';
import { diagram } from './diagram.js';
import { gateTables } from './gate-tables.js';
import { facilityPart } from './facilities.js';
import { generated } from './generated.js';
import { guardTable } from './guard-table.js';
import { table } from './table.js';

/** The page about one pathway: diagram, states, transitions, guards, deadlines, outcomes. */
export function pathwayPage(definition: PathwayDefinition): string {
  const { states, transitions, deadlines, outcomes } = definition;
  return [
    generated,
    `# ${definition.title.en}`,
    `\`${pathwayKey(definition)}\`: ${Object.keys(states).length} states, ${transitions.length} transitions, ` +
      `${Object.keys(deadlines).length} deadlines. Khmer texts are drafts until a native speaker has read them.`,
    '## Diagram',
    `\`\`\`mermaid\n${diagram(definition)}\`\`\``,
    '## States',
    stateTable(definition),
    '## Transitions',
    transitionTable(transitions),
    '## Guards',
    guardTable(definition),
    '## Gates',
    gateTables(definition.gates),
    '## Deadlines',
    deadlineTable(deadlines),
    '## Outcomes',
    table(
      ['Code', 'Outcome'],
      Object.entries(outcomes).map(([code, text]) => [code, text.en]),
    ),
    ...part('## Catalogues', catalogueTable(definition)),
    ...part('## Watchlists', watchlistTable(definition)),
    ...part('## Reports', reportTable(definition)),
    ...(definition.facilities === undefined ? [] : facilityPart(definition.facilities)),
  ].join('\n\n');
}

const part = (title: string, body: string | undefined): string[] => (body === undefined ? [] : [title, body]);

/** The page about what all pathways share. */
export function commonPage(common: CommonDefinition): string {
  return [
    generated,
    '# Common vocabulary',
    '## Roles',
    table(
      ['Code', 'Role', 'Khmer (draft)'],
      Object.entries(common.roles).map(([code, { en, km }]) => [code, en, km]),
    ),
    '## Documents',
    table(
      ['Code', 'Kind', 'Document', 'Khmer (draft)'],
      Object.entries(common.documents).map(([code, { kind, title }]) => [code, kind, title.en, title.km]),
    ),
    '## Ladders',
    table(
      ['Ladder', 'Used for', 'Rungs'],
      Object.entries(common.ladders).map(([id, { use, rungs }]) => [
        id,
        use.en,
        rungs
          .map(({ at, recipients, action, records }) =>
            [at, recipients.join(', '), action ?? records ?? ''].join(' ').trim(),
          )
          .join(' → '),
      ]),
    ),
    '## Deadlines of every case',
    deadlineTable(common.deadlines),
    '## Supervision',
    supervisionLine(common.supervision),
  ].join('\n\n');
}

function stateTable({ states }: PathwayDefinition): string {
  return table(
    ['State', 'Phase', 'Meaning', 'Khmer (draft)', 'Primero workflow', 'End'],
    Object.entries(states).map(([code, state]) => [
      code,
      state.phase,
      state.title.en,
      state.title.km,
      state.primeroWorkflow,
      state.terminal === true ? (state.reopenable === true ? 'yes, can reopen' : 'yes') : '',
    ]),
  );
}

function transitionTable(transitions: readonly TransitionDefinition[]): string {
  return table(
    ['Id', 'From', 'To', 'Action', 'Decision', 'Roles', 'Documents', 'Consents'],
    transitions.map((transition) => [
      transition.id,
      transition.from.join(', '),
      transition.to,
      transition.action,
      transition.decision ?? '',
      transition.roles.join(', '),
      transition.documents.map(({ code, since }) => (since === undefined ? code : `${code} (new)`)).join(', '),
      transition.consents
        .map(({ kind, orException }) => (orException === true ? `${kind} (or exception)` : kind))
        .join(', '),
    ]),
  );
}
