import type { PathwayDefinition, StateCode } from '../definition.js';
import { error, type Finding } from '../finding.js';

/** Every state can be reached and can end; an end is left only by reopening, and can be reopened if it says so. */
export function lintStates(definition: PathwayDefinition): Finding[] {
  const steps = definition.transitions.flatMap(({ from, to }) => from.map((state) => ({ from: state, to })));
  const states = Object.entries(definition.states);
  const ends = states.filter(([, state]) => state.terminal).map(([code]) => code);
  const reached = closure([definition.initial], (state) =>
    steps.filter(({ from }) => from === state).map(({ to }) => to),
  );
  const ending = closure(ends, (state) => steps.filter(({ to }) => to === state).map(({ from }) => from));
  const left = new Set(steps.map(({ from }) => from));
  const at = (code: StateCode): string => `/states/${code}`;
  return states.flatMap(([code, state]) => [
    ...found(!reached.has(code), () =>
      error('state-unreachable', at(code), `No way leads from ${definition.initial} to ${code}`),
    ),
    ...found(!ending.has(code), () => error('state-cannot-end', at(code), `No way leads from ${code} to an end state`)),
    ...found(state.terminal === true && state.reopenable !== true && left.has(code), () =>
      error('terminal-left', at(code), `${code} is an end that cannot be reopened, yet a transition leaves it`),
    ),
    ...found(state.reopenable === true && !left.has(code), () =>
      error('terminal-stuck', at(code), `${code} can be reopened, yet no transition leaves it`),
    ),
  ]);
}

function closure(start: readonly StateCode[], next: (state: StateCode) => StateCode[]): ReadonlySet<StateCode> {
  const seen = new Set(start);
  for (const state of seen) {
    next(state).forEach((each) => seen.add(each));
  }
  return seen;
}

const found = (wrong: boolean, finding: () => Finding): Finding[] => (wrong ? [finding()] : []);
