// Runs in a thread of its own: lives through its share of the cases and answers what became of them.
import { parentPort, workerData } from 'node:worker_threads';
import { loadPathways } from '#libs/pathway-files';
import { simulateShare, type Share, type SimulationOptions } from './simulate.js';

const { options, share } = workerData as { options: SimulationOptions; share: Share };
parentPort?.postMessage(simulateShare(options, loadPathways(), share));
