// Three projects from one function: unit (no server), integration (real PostgreSQL and both queue backends) and
// scenarios (the whole program through HTTP). File suffixes choose the project.
const project = (name, suffix, extra = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/migrations', '<rootDir>/test'],
  testMatch: [`**/*.${suffix}.spec.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  // Jest cannot `require` an ES module before Node 24.9 as Node itself can; the HTTP server requires these two.
  transformIgnorePatterns: ['/node_modules/(?!(?:content-disposition|cookie)/)'],
  transform: {
    'node_modules/(?:content-disposition|cookie)/.+\\.js$': [
      '@swc/jest',
      { swcrc: false, module: { type: 'commonjs' } },
    ],
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  ...extra,
});

const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  projects: [project('unit', 'unit'), project('integration', 'int', servers), project('scenarios', 'e2e', servers)],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // On two cores Jest would take one worker; much of the time is spent waiting for PostgreSQL and Redis.
  maxWorkers: 2,
  // Modules of earlier files stay in a worker's memory; one that has grown so far spends its time on collecting it.
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 60_000,
};
