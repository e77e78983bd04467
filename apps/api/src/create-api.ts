import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { Configuration } from '#libs/configuration';
import { assertNoDemonstrationAccounts } from '#libs/identities';
import { FrameworkLog } from '#libs/logging';

import { ApiModule } from './api.module.js';
import { describe, publishDescription } from './description/document.js';
import { httpServer } from './http/server.js';
import { assembleParts, type ApiParts, type Overrides } from './parts.js';

/**
 * The interface, ready to listen or to be asked directly. Closing it closes all that it opened.
 *
 * @throws DemonstrationAccountsOpen in production, where no password is a printed one.
 */
export async function createApi(
  configuration: Configuration,
  overrides: Overrides = {},
): Promise<NestFastifyApplication> {
  const parts = await assembleParts(configuration, overrides);
  try {
    if (configuration.environment === 'production') await assertNoDemonstrationAccounts(parts);
    return await interfaceOver(parts, configuration);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

async function interfaceOver(parts: ApiParts, configuration: Configuration): Promise<NestFastifyApplication> {
  const { adapter, server } = httpServer(parts.log, configuration.trustedProxies);
  server.addHook('onClose', () => parts.close());
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(parts), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new FrameworkLog(parts.log),
  });
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'ready', 'primero/*path', 'oscar/*path'] });
  if (configuration.description) publishDescription(app, describe(app));
  await app.init();
  await server.ready();
  return app;
}
