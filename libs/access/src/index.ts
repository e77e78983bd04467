export { Agencies, type Agency } from './agencies.js';
export { CallerResolver, type Caller } from './caller-resolver.js';
export { InvalidSharingPolicy, loadSharingPolicy, readSharingPolicy } from './sharing/read-sharing-policy.js';
export { sharedUntil, type SharedFor, type SharingPolicy, type SharingRule } from './sharing/sharing-policy.js';
