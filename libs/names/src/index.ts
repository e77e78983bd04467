export { canonicalKhmer } from './khmer.js';
export { foldedLatin, soundOf } from './latin.js';
export { namesOf, type NameForms, type WrittenNames } from './name-forms.js';
export { skeletonOf } from './skeleton.js';
export { canonicalPhone } from './phone.js';
