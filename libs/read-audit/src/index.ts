export { purposes, type Purpose } from './purposes.js';
export { ReadAudit, ReadNotRecorded, type ReadOfRecords } from './read-audit.js';
export { readersOf, type Reading } from './readers.js';
export { shownIn } from './shown.js';
