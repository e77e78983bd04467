export { DatabaseClock } from './database-clock.js';
