export { checkoutDirectory } from './checkout.js';
export type { Configuration, DatabaseConfiguration, Environment, LogLevel } from './configuration.js';
export type { MasterKeySource, MasterKeySources } from './master-key.js';
export { ConfigurationError, type Problem } from './problems.js';
export { readConfiguration } from './read-configuration.js';
export type { ExchangeTarget } from './exchange-targets.js';
