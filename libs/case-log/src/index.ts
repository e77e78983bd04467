export { caseEventOf, personEventOf, sealEvents, upcast } from './events.js';
export { loadCase, type LoadedCase } from './load-case.js';
export { loadPerson, type LoadedPerson } from './load-person.js';
