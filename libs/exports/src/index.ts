export { ExportNotOpened, openExport, type ExportFile } from './export-file.js';
export { exportClasses, exportKeyColumns, ExportRefused, Exports, expiryOf, type ExportClass } from './exports.js';
export type { StoredExport } from './store.js';
