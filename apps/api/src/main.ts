import { readConfiguration } from '#libs/configuration';

import { createApi } from './create-api.js';

/** Only this machine: what is in front of the program decides who else may reach it. */
const host = process.env['HOST'] ?? '127.0.0.1';

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const app = await createApi(configuration);
  const close = () => void app.close().then(() => process.exit(0));
  process.once('SIGTERM', close).once('SIGINT', close);
  // Whoever started the program with a channel to it is gone: nobody else would stop it.
  process.once('disconnect', close);
  await app.listen(configuration.port.number, host);
  process.send?.({ listening: configuration.port.number });
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
