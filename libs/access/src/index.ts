export { Agencies, type Agency } from './agencies.js';
export { CallerResolver, type Caller } from './caller-resolver.js';
