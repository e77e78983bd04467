// npm test: what the tests need, then every test. Arguments go to Jest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout, install, tell } from './prepare.mjs';

const packageManagers = [
  { program: 'apt-get', commands: ['apt-get update', 'apt-get install --yes --no-install-recommends redis-server'] },
  { program: 'dnf', commands: ['dnf install --assumeyes redis'] },
  { program: 'apk', commands: ['apk add redis'] },
];

try {
  await install();
  requireRedis();
} catch (error) {
  tell(error.message);
  process.exit(1);
}
process.exit(runTests(process.argv.slice(2)));

/** The queues are tested on both of their backends, so a Redis server must be there. */
function requireRedis() {
  if (succeeds('redis-server', '--version')) return;
  const manager = packageManagers.find(({ program }) => succeeds(program, '--version'));
  if (!manager) throw new Error('The tests need redis-server: install it with the package manager of this system');

  const root = process.getuid?.() === 0;
  const advice = `sudo sh -c "${manager.commands.join(' && ')}"`;
  if (!root && !succeeds('sudo', '-n', 'true')) throw new Error(`The tests need redis-server. Run: ${advice}`);

  tell('Installing redis-server');
  for (const command of manager.commands) {
    const [program, ...args] = [
      ...(root ? [] : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']),
      ...command.split(' '),
    ];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync(program, args, { stdio: ['ignore', 2, 2], env });
  }
  if (!succeeds('redis-server', '--version')) throw new Error(`redis-server could not be installed. Run: ${advice}`);
}

function runTests(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'spean-test-result-'));
  const outputFile = path.join(folder, 'result.json');
  try {
    const jest = [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...['--json', `--outputFile=${outputFile}`],
      ...args,
    ];
    const { status } = spawnSync(process.execPath, jest, { cwd: checkout, stdio: 'inherit' });
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    // A file that does not even load has no tests to count, but it has failed.
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    process.stdout.write(`${result.numPassedTests} passed, ${failed} failed\n`);
    return status ?? 1;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    tell('Jest ended without a result');
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function succeeds(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
