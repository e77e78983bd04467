export { ClosingSweep, type ClosingSweepParts } from './closing-sweep.js';
export { BrokenCsv, rowsOfCsv } from './roster/csv.js';
export { importRoster, type RosterOptions, type RosterSummary } from './roster/import-roster.js';
