export { InvalidDefinition, UnknownPathway } from './errors.js';
export { NoFacilityRegister, registerInForce, type RegisterInForce } from './facility-register.js';
export { findingLine } from './finding-line.js';
export { lintFiles, type FileFinding } from './lint-files.js';
export { publishedFiles, type PublishedFile } from './published-files.js';
export { readDefinitions, readExamples, type DefinitionFiles, type PathwayFile } from './read-files.js';
export { loadPathways, makeKnown, registryOf, type Beginning, type PathwayRegistry } from './registry.js';
