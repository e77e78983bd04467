export { WakeUps } from './wake-ups.js';
