export { CallerResolver, type Caller } from './caller-resolver.js';
