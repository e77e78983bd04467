import { describe, expect, it } from '@jest/globals';

import { ConfigurationError, readConfiguration } from '#libs/configuration';

import { startApi, worker } from '../../../test/support/api.js';
import { createApi } from './create-api.js';

describe('the development-only header', () => {
  it('keeps the program from starting in production', async () => {
    const configuration = readConfiguration({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://nobody:7f1c9be204a85d63@127.0.0.1:1/nothing',
      SPEAN_MASTER_KEY_FILE: '/nowhere',
    });
    await expect(createApi(configuration)).rejects.toBeInstanceOf(ConfigurationError);
  });

  it('names nobody once it is switched off', async () => {
    const api = await startApi({ env: { SPEAN_DEVELOPMENT_CALLER: 'off' } });
    const answer = await api.ask('GET', '/api/v1/me', undefined, { 'x-spean-caller': worker });
    await api.close();
    expect(answer.statusCode).toBe(401);
  });
});
