import { readConfiguration } from '#libs/configuration';
import { createWorker } from './create-worker.js';

/** Whoever asks the worker to stop waits ten seconds. Breaking off is safe, only less tidy. */
const patienceMs = 9_000;

async function main(): Promise<void> {
  const app = await createWorker(readConfiguration(process.env));
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', close).once('SIGINT', close);
  // Whoever started the program with a channel to it is gone: nobody else would stop it.
  process.once('disconnect', close);
  process.send?.({ working: true });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'cannot start'}\n`);
  process.exit(1);
});
