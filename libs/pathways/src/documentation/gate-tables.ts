import type { GateDefinition, PathwayDefinition } from '../definition.js';
import { table } from './table.js';

/** Who decides what at each gate, what must be considered in which order, and what the child is told of it. */
export function gateTables(gates: PathwayDefinition['gates']): string {
  return Object.entries(gates)
    .map(([id, gate]) => [`### ${id}: ${gate.title.en}`, rules(gate), outcomes(gate)].join('\n\n'))
    .join('\n\n');
}

function rules({
  question,
  deciders,
  at,
  views,
  quorum,
  withoutPanel = [],
  noVoteFrom,
  options,
}: GateDefinition): string {
  return [
    `*${question.en}*`,
    `Decided by ${deciders.join(', ')}${at === undefined ? '' : `, in ${at.join(' or ')}`}; the child's views: ${views}.`,
    ...(quorum === undefined
      ? []
      : [
          `At least ${quorum} members sit and vote, the chair among them${withoutPanel.map((each) => `; not for ${each}`).join('')}.`,
        ]),
    ...(noVoteFrom === undefined ? [] : [`The agency named by ${noVoteFrom} has no vote.`]),
    ...(options === undefined
      ? []
      : [
          `Options in their order: ${Object.values(options)
            .map(({ en }) => en.toLowerCase())
            .join('; ')}.`,
        ]),
  ].join('\n');
}

function outcomes({ outcomes: all, choices, reviewWithin, needsReasonCode, notices }: GateDefinition): string {
  return table(
    ['Outcome', 'Meaning', 'Chooses', 'Looked at again', 'What the child is told', 'Khmer (draft)'],
    Object.entries(all).map(([code, { en }]) => [
      code,
      needsReasonCode?.includes(code) === true ? `${en} (with a reason code)` : en,
      choices?.[code]?.join(', ') ?? '',
      reviewWithin?.[code] ?? '',
      notices[code]?.en ?? '',
      notices[code]?.km ?? '',
    ]),
  );
}
