export { impactOf, type Impact } from './impact.js';
export { migrateCases, type Migrated } from './migrate-cases.js';
export { PathwayPublishing } from './pathway-publishing.js';
