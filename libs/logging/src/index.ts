export { fieldsOf, type LogFields } from './fields.js';
export { createLog, type Log } from './log.js';
export { FrameworkLog } from './framework-log.js';
