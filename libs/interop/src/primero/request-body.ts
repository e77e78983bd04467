import { isObject } from '../objects.js';

/**
 * What a request says of one record or transition: wrapped once, as Primero has it, or twice, as one widely used client
 * sends it. Undefined when it says nothing, or something that is no object.
 */
export function dataIn(body: unknown): Record<string, unknown> | undefined {
  const once = isObject(body) ? body['data'] : undefined;
  if (!isObject(once)) return undefined;
  const twice = once['data'];
  return isObject(twice) && Object.keys(once).length === 1 ? twice : once;
}
