export { demonstrationAccounts, type DemonstrationAccount } from './directory.js';
export { loadDemonstration, type DemonstrationOptions, type Loaded } from './load.js';
