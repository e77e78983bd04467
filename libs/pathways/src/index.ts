export { byKey, type Condition, type ConditionBody, type ConditionKey } from './condition.js';
export type * from './definition.js';
export type { Finding, FindingCode } from './finding.js';
export { pathwayKey } from './key.js';
export { lintChange } from './lint/change.js';
export { lintCommon, lintDefinition, readCommon, readPathway, type Judged } from './lint/index.js';
export { parseDefinition, type ParsedSource } from './parse.js';
export { rungMoment, type RungMoment } from './rung.js';
export { commonSchema, pathwaySchema } from './schema/pathway-schema.js';
