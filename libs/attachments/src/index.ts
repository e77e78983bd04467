export { AttachmentBroken } from './chunks.js';
export { FileStore } from './file-store.js';
export { inspect, mostBytes } from './inspect.js';
export type { ObjectStore } from './object-store.js';
export { FileRefused, type FileProblem } from './refused.js';
export { attachmentClass, AttachmentVault, type AttachmentPlace } from './vault.js';
