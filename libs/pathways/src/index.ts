export type { Condition } from './condition.js';
export type * from './definition.js';
export { pathwayKey } from './key.js';
