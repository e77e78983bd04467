export { Exchange, type ExchangeParts, type TargetWork } from './exchange.js';
