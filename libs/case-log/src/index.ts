export { caseEventOf, facilityEventOf, personEventOf, sealEvents, upcast } from './events.js';
export { loadCase, loadCases, type LoadedCase } from './load-case.js';
export { facilityIdOf, loadFacility, type LoadedFacility } from './load-facility.js';
export { loadPerson, loadPersons, type LoadedPerson } from './load-person.js';
