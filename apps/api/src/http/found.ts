import { RequestProblem } from './problem.js';

/** @throws RequestProblem when there is nothing, or nothing that this caller may know of. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RequestProblem('not-found');
  return value;
}
