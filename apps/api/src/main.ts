import { readConfiguration } from '#libs/configuration';

import { createApi } from './create-api.js';

/** Whoever asks the program to stop waits ten seconds. What is under way by then is done or not done, never half. */
const patienceMs = 9_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const app = await createApi(configuration);
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
  await app.listen(configuration.port.number, configuration.host);
  process.send?.({ listening: configuration.port.number });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'cannot start'}\n`);
  process.exit(1);
});
