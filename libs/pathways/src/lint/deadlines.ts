import { spanFits, type Span } from '#libs/calendar';
import type { DeadlineDefinition, DueRule } from '../definition.js';
import { error, type Finding } from '../finding.js';

/** Ladders of clocks that no supervisor may extend: the law set them (pathways, section 1.4). */
const statutory = ['L_LEGAL'];

/** Due rules end in an unconditional one, their clocks can count them, and no liberty clock can be extended. */
export function lintDeadlines(deadlines: Record<string, DeadlineDefinition>): Finding[] {
  return Object.entries(deadlines).flatMap(([id, deadline]) => {
    const path = `/deadlines/${id}`;
    return [
      ...lintRuleOrder(id, deadline.due, `${path}/due`),
      ...deadline.due.flatMap((rule, index) => lintSpans(rule, `${path}/due/${index}`)),
      ...(deadline.extendable && statutory.includes(deadline.ladder)
        ? [error('legal-extendable', `${path}/extendable`, `${id} is a limit of law and cannot be extended`)]
        : []),
      ...(deadline.proposes !== undefined && deadline.subject !== 'referral'
        ? [error('proposal-without-referral', `${path}/proposes`, `${id} is about no referral to find a provider for`)]
        : []),
    ];
  });
}

function lintRuleOrder(id: string, rules: readonly DueRule[], path: string): Finding[] {
  const unconditional = rules.findIndex(({ when }) => when === undefined);
  if (unconditional === -1) {
    return [
      error('due-rule-open', `${path}/${rules.length - 1}`, `The last due rule of ${id} must hold in every case`),
    ];
  }
  return rules
    .slice(unconditional + 1)
    .map((_, index) =>
      error('due-rule-dead', `${path}/${unconditional + 1 + index}`, 'A rule before this one always holds'),
    );
}

function lintSpans(rule: DueRule, path: string): Finding[] {
  return spansOf(rule)
    .filter((span) => !spanFits(span, rule.clock))
    .map((span) =>
      error(
        'due-span',
        path,
        `The ${rule.clock} clock cannot count ${'duration' in span ? span.duration : 'working days'}`,
      ),
    );
}

/** What the clock counts. A rule with `at` is free of this: it may also count backwards from its date. */
function spansOf(rule: DueRule): Span[] {
  if ('withinWorkingDays' in rule) {
    return [{ workingDays: rule.withinWorkingDays }];
  }
  if ('schedule' in rule) {
    return rule.schedule.map((duration) => ({ duration }));
  }
  return 'within' in rule && !('at' in rule) ? [{ duration: rule.within }] : [];
}
