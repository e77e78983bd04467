export { FileRefused } from './errors.js';
export { checkManifest, writeManifest, type FileFormat } from './manifest.js';
export { readRecords } from './read-records.js';
export { writeRecords } from './write-records.js';
