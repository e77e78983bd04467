export { Exchange } from './exchange.js';
