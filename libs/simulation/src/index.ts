export type { Violation } from './invariants/check.js';
export { plants, type Plant } from './plants.js';
export { simulate, type Simulated, type SimulationOptions } from './simulate.js';
