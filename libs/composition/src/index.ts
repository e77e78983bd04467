export { openSpean, type OpenOptions, type Spean } from './open-spean.js';
