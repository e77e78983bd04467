// Makes a checkout ready to run: packages installed, sources compiled. Plain Node without packages, because at the
// first call there are none. People's messages go to standard error; standard output belongs to the command.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

export const checkout = path.resolve(import.meta.dirname, '..');

const stamp = path.join(checkout, 'dist', '.sources');
/** Between taking the lock and signing it there is a moment; a lock unsigned for longer belongs to nobody. */
const signingMs = 5_000;

const compiledFolders = ['apps', 'libs', 'migrations', 'test/benchmarks', 'test/faults', 'test/simulators'];
const settingFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

export async function install() {
  if (isInstalled()) return;
  await alone(() => {
    if (!isInstalled()) installPackages();
  });
}

export async function installAndBuild() {
  await install();
  if (isBuilt()) return;
  await alone(() => {
    if (!isBuilt()) build();
  });
}

/** Prepares the checkout, then becomes the compiled program: one process, so signals and exit code are its own. */
export async function run(program) {
  try {
    await installAndBuild();
  } catch (error) {
    tell(error.message);
    process.exit(1);
  }
  await import(path.join(checkout, 'dist', program));
}

export function tell(message) {
  process.stderr.write(`${message}\n`);
}

function isInstalled() {
  const wanted = readJson('package-lock.json');
  const present = readJson('node_modules/.package-lock.json');
  if (!present) return false;
  return Object.entries(wanted.packages).every(
    ([name, { version, optional }]) => name === '' || optional || present.packages[name]?.version === version,
  );
}

/** Some registries lack the binaries of other platforms: the strict install stops there, the lenient one does not. */
function installPackages() {
  tell('Installing packages');
  const options = ['--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const strict = spawnSync('npm', ['ci', ...options], { cwd: checkout, stdio: 'ignore' });
  if (strict.error) throw new Error(`npm cannot be started: ${strict.error.message}`);
  if (strict.status === 0) return;
  if (inherit('npm', ['install', '--no-save', ...options]).status !== 0) {
    throw new Error('npm could not install the packages; its messages are above');
  }
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfSources();
}

function build() {
  tell('Compiling');
  const digest = digestOfSources();
  const nest = path.join(checkout, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const result = inherit(process.execPath, [nest, 'build', 'api']);
  if (result.status !== 0) throw new Error('The sources do not compile; the messages are above');
  writeFileSync(stamp, digest);
}

function digestOfSources() {
  const digest = createHash('sha256');
  const files = [...settingFiles, ...compiledFolders.flatMap(filesUnder)];
  for (const file of files)
    digest
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(checkout, file)));
  return digest.digest('hex');
}

function filesUnder(folder) {
  const directory = path.join(checkout, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Two commands of one checkout must not install or compile over each other. */
async function alone(work) {
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  const lock = path.join(tmpdir(), `spean-prepare-${userInfo().uid}-${name}`);
  const owner = path.join(lock, 'owner');
  for (let told = false; !take(lock); told = true) {
    if (!told) tell('Waiting for another command that prepares this checkout');
    if (!isHeld(lock, owner)) rmSync(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  writeFileSync(owner, String(process.pid));
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(lock, owner) {
  try {
    return process.kill(Number(readFileSync(owner, 'utf8')), 0);
  } catch (error) {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    return error.code === 'ENOENT' && age < signingMs;
  }
}

function inherit(program, args) {
  return spawnSync(program, args, { cwd: checkout, stdio: ['ignore', 2, 2] });
}

function readJson(file) {
  const location = path.join(checkout, file);
  return existsSync(location) ? JSON.parse(readFileSync(location, 'utf8')) : undefined;
}
