export { openSpean, type OpenOptions, type Spean } from './open-spean.js';
export { wrappedElsewhere } from './wrapped-elsewhere.js';
