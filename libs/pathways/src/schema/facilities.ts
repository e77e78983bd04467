import { boolean, byCode, closed, described, ref, someOf, type Schema } from './parts.js';

const codes = someOf(ref('code'));
const texts = byCode(ref('text'), { minProperties: 1 });

const type = closed(
  { title: ref('text'), hidden: described(boolean, 'Nothing finer than the district stands in clear.') },
  ['hidden'],
);

const state = closed(
  {
    title: ref('text'),
    admits: described(boolean, 'Takes new children in.'),
    closing: described(boolean, 'Entered only when it is known on which day the facility closes.'),
    ended: described(boolean, 'Nothing leads on; entered only when no child lives there any more.'),
  },
  ['admits', 'closing', 'ended'],
);

const result = closed(
  {
    title: ref('text'),
    leadsTo: described(ref('code'), 'Absent: the facility stays where it is.'),
    from: described(codes, 'States in which this may be the result; absent: wherever it can lead on from.'),
  },
  ['leadsTo', 'from'],
);

/** The register of facilities and the life of one. */
export const facilities: Schema = closed({
  types: byCode(type, { minProperties: 1 }),
  states: byCode(state, { minProperties: 1 }),
  transitions: {
    type: 'array',
    minItems: 1,
    items: described({ type: 'array', items: ref('code'), minItems: 2, maxItems: 2 }, 'From one state to another.'),
  },
  registered: described(codes, 'States in which a facility may be entered in the register.'),
  found: described(ref('code'), 'The state of one that was found without being registered.'),
  inspection: closed({
    findings: texts,
    results: byCode(result, { minProperties: 1 }),
    due: described(ref('code'), 'The state in which an inspection is due.'),
  }),
  reasons: described(texts, 'Why a facility moves.'),
  roles: described(
    closed({
      register: codes,
      report: codes,
      move: codes,
      inspect: codes,
      change: codes,
      accuse: codes,
      clear: codes,
    }),
    'Who may do what.',
  ),
});

/** How a case says in which facility the child lives. */
export const residence: Schema = closed(
  {
    facility: described(ref('code'), "Fact that holds the facility's code."),
    since: described(ref('code'), 'Fact that holds when the child came; else the enrolment counts.'),
    until: described(ref('code'), 'Fact that holds when the child left.'),
    when: described(ref('condition'), 'Whether the child lives there yet.'),
    found: described(byCode(ref('factValue')), 'Facts of a child who was found living there.'),
    undecided: described(codes, 'States in which nobody has decided yet where the child shall live.'),
  },
  ['until', 'when'],
);
