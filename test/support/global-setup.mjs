// Once a run, before the first test that needs a server. Tests learn the addresses from the environment.
import { startPostgres, startRedis } from './servers.mjs';

export default async function startServers() {
  if (globalThis.speanTestServers) return; // another project of the same run was first
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  globalThis.speanTestServers = [postgres, redis];
  process.env.SPEAN_TEST_DATABASE_ADMIN_URL = postgres.url;
  process.env.SPEAN_TEST_REDIS_URL = redis.url;
}
