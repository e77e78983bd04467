// Once a run, before the first test that needs a server. Tests learn the addresses from the environment.
import { startPostgres, startRedis, tokenStore } from './servers.mjs';

export default async function startServers() {
  if (globalThis.speanTestServers) return; // another project of the same run was first
  if (process.env.SPEAN_TEST_EVIDENCE) return; // a drill has started them, and looks into them afterwards
  const [postgres, redis, tokens] = await Promise.all([startPostgres(), startRedis(), tokenStore()]);
  globalThis.speanTestServers = [postgres, redis, tokens];
  process.env.SPEAN_TEST_DATABASE_ADMIN_URL = postgres.url;
  process.env.SPEAN_TEST_REDIS_URL = redis.url;
  process.env.SOFTHSM2_CONF = tokens.configuration;
}
