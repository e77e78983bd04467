// Once a run, after the last test: stops exactly the servers that this run started.
export default async function stopServers() {
  const servers = globalThis.speanTestServers ?? [];
  globalThis.speanTestServers = undefined;
  await Promise.all(servers.map((server) => server.stop()));
}
