import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkoutDirectory } from '#libs/configuration';

/** A guard or predicate, how it is taken away, and the tests that have to tell. */
interface GuardMutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly tests: readonly string[];
}

const matrix = ['test/matrix'];

const guards: readonly GuardMutant[] = [
  {
    name: 'no policy on commands',
    file: 'libs/case-commands/src/case-commands.ts',
    find: '    assertAllowed(request, loaded.state, surroundings);\n',
    put: '',
    tests: matrix,
  },
  {
    name: 'the version is told before policy is asked',
    file: 'libs/case-commands/src/case-commands.ts',
    find: '    assertAllowed(request, loaded.state, surroundings);\n    assertVersion(request.expectedVersion, loaded.state.version);\n',
    put: '    assertVersion(request.expectedVersion, loaded.state.version);\n    assertAllowed(request, loaded.state, surroundings);\n',
    tests: matrix,
  },
  {
    name: 'no policy on reads of a case',
    file: 'libs/read-models/src/queries/case-queries.ts',
    find: '    if (shown === undefined) return undefined;\n',
    put: '    if (shown === undefined) return { ...asked, state: asked.present.state, stored: asked.present.stored, whole: asked.present.state, shown: new Set(), around: asked.around };\n',
    tests: matrix,
  },
  {
    name: 'a case is shown whole',
    file: 'libs/read-models/src/queries/shown.ts',
    find: "  if (shown.has('progress')) return { ...view, person };\n",
    put: '  if (shown.size > 0) return { ...view, person };\n',
    tests: ['libs/read-models/src/queries/shown.unit'],
  },
  {
    name: "a child's name is shown to whoever sees the case",
    file: 'libs/read-models/src/queries/shown.ts',
    find: "shown.has('identity') ? person.identity : {}",
    put: 'person.identity',
    tests: matrix,
  },
  {
    name: "a child's address is shown to whoever sees the case",
    file: 'libs/read-models/src/queries/shown.ts',
    find: "shown.has('location') ? person.location : {}",
    put: 'person.location',
    tests: matrix,
  },
  {
    name: 'a history is told without regard to classes',
    file: 'libs/read-models/src/queries/shown.ts',
    find: 'shown.has(each) && fields[each] !== undefined',
    put: 'shown.size > 0 && fields[each] !== undefined',
    tests: matrix,
  },
  {
    name: 'no policy on records of children',
    file: 'libs/read-models/src/queries/case-queries.ts',
    find: 'return hidden ? undefined : personShownTo(queries, pathways, id, caller, clock.now());',
    put: "return hidden ? undefined : ((await personShownTo(queries, pathways, id, caller, clock.now())) ?? new Set(['identity']));",
    tests: matrix,
  },
  {
    name: 'lists without regard to who asks',
    file: 'libs/read-models/src/queries/scope.ts',
    find: 'c.tenant_id = $1 AND c.readers && $4::text[] AND ${noConflict}',
    put: 'c.tenant_id = $1 AND $4::text[] IS NOT NULL AND ${noConflict}',
    tests: matrix,
  },
  {
    name: 'lists without conflicts of interest',
    file: 'libs/read-models/src/queries/scope.ts',
    find: 'NOT (c.conflicts && ARRAY[$2::text, $3::text]) AND NOT',
    put: '$2::text IS NOT NULL AND NOT',
    tests: matrix,
  },
  {
    name: 'lists without who is shut out',
    file: 'libs/read-models/src/queries/scope.ts',
    find: "AND NOT ${shutOut('c.person_id', '$3')}",
    put: '',
    tests: ['test/scenarios/gc5'],
  },
  {
    name: 'no second wall in the database',
    file: 'migrations/0042-readers.ts',
    find: "USING (readers && (SELECT string_to_array(current_setting('spean.principals', true), ',')))",
    put: 'USING (true)',
    tests: ['libs/read-models/src/queries/second-wall'],
  },
  {
    name: 'routes for certain roles answer all',
    file: 'apps/api/src/http/route-guard.ts',
    find: "if (rule.to !== 'groups') return true;",
    put: 'return true;',
    tests: matrix,
  },
  {
    name: 'nobody is asked who they are',
    file: 'apps/api/src/http/caller.ts',
    find: 'if (this.#told(publicKey, context) === true) return true;',
    put: 'if (true) return true;',
    tests: matrix,
  },
  {
    name: 'providers are told to whoever knows the id of a case',
    file: 'apps/api/src/directory/matches.controller.ts',
    find: 'if (!(await this.queries.allows(caseId, action, caller)))',
    put: 'if (false && !(await this.queries.allows(caseId, action, caller)))',
    tests: matrix,
  },
];

export interface GuardReport {
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: string[];
}

/** Takes one guard after the other out of a copy of the sources, and runs the tests that have to tell. */
export async function killGuards(say: (message: string) => void, stop: AbortSignal): Promise<GuardReport> {
  const copy = await mkdtemp(path.join(tmpdir(), 'spean-mutants-'));
  const survivors: string[] = [];
  try {
    await copySources(copy);
    const tests = [...new Set(guards.flatMap((guard) => guard.tests))];
    if (!(await testsPass(copy, tests)))
      throw new Error(`${tests.join(', ')}: they fail with every guard in its place`);
    for (const guard of guards) {
      stop.throwIfAborted();
      const file = path.join(copy, guard.file);
      const source = await readFile(file, 'utf8');
      if (!source.includes(guard.find))
        throw new Error(`${guard.file} does not hold what "${guard.name}" takes out of it`);
      await writeFile(file, source.replace(guard.find, guard.put));
      const passed = await testsPass(copy, guard.tests);
      await writeFile(file, source);
      say(`${guard.name}: ${passed ? 'nobody noticed' : 'noticed'}`);
      if (passed) survivors.push(guard.name);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  return { mutants: guards.length, killed: guards.length - survivors.length, survivors };
}

async function copySources(to: string): Promise<void> {
  const from = checkoutDirectory();
  for (const name of [
    'apps',
    'libs',
    'migrations',
    'test',
    'docs',
    'jest.config.js',
    'package.json',
    'tsconfig.json',
  ]) {
    await cp(path.join(from, name), path.join(to, name), { recursive: true });
  }
  await symlink(path.join(from, 'node_modules'), path.join(to, 'node_modules'));
}

function testsPass(folder: string, tests: readonly string[]): Promise<boolean> {
  const jest = [
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--forceExit',
    '--testPathPatterns',
    ...tests,
  ];
  const running = spawn(process.execPath, jest, { cwd: folder, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('exit', (code) => resolve(code === 0));
  });
}
