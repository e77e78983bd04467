export { Limiter, type LimiterSettings } from './limiter.js';
export type { Rule, Verdict } from './rule.js';
