import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { joined, type SimulatedCase, type SimulationOptions, type Simulated } from './simulate.js';

/** Below this a second worker takes longer to get ready than it saves. */
const FEW = 100;

/** The same as `simulate`, on as many processors as there are. */
export async function simulateTogether(options: SimulationOptions): Promise<Simulated> {
  const of = options.cases < FEW ? 1 : availableParallelism();
  const shares = await Promise.all(
    Array.from({ length: of }, (_, number) => workOn({ options, share: { number, of } })),
  );
  return joined(shares.flat());
}

function workOn(workerData: unknown): Promise<SimulatedCase[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./crew-member.js', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
