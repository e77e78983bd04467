export { BlindIndex, blindIndexVersion, type Findable } from './blind-index.js';
export { contactToken } from './contact-token.js';
export { fieldClasses, type ClearFields, type FieldClass } from './field-class.js';
export { FileMasterKey, MasterKeyUnusable } from './file-master-key.js';
export { KeyDestroyed, KeyStore } from './key-store.js';
export type { MasterKey } from './master-key.js';
export { canonicalPhone } from './phone.js';
export { SealBroken, Sealer, type SealedPlace } from './sealer.js';
export { Sensitive } from './sensitive.js';
