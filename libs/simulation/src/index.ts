export { simulateTogether } from './crew.js';
export { plants, type Plant } from './plants.js';
export type { Simulated, SimulationOptions } from './simulate.js';
