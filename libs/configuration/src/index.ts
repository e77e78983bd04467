export { checkoutDirectory } from './checkout.js';
export type { Configuration, DatabaseConfiguration, Environment, LogLevel } from './configuration.js';
export { ConfigurationError, type Problem } from './problems.js';
export { readConfiguration } from './read-configuration.js';
