export type * from './actor.js';
export type * from './commands.js';
export type * from './events.js';
export type * from './refusal.js';
export type * from './sealed.js';
export type * from './state.js';
export * from './person/person.js';
