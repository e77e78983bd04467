import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const core = ['libs/calendar/src/**/*.ts', 'libs/pathways/src/**/*.ts', 'libs/cases/src/**/*.ts'];
const tests = ['**/*.spec.ts', 'test/**/*.ts'];

const outside = 'The core is handed what it needs to know; the shell asks the outside world.';
const forbiddenInCore = [
  'Date',
  'process',
  'console',
  'Buffer',
  'crypto',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

/** Platform names that plain JavaScript files may use; TypeScript knows them from its types. */
const named = (...names) => Object.fromEntries(names.map((name) => [name, 'readonly']));
const node = named(
  ...['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal', 'fetch'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance', 'structuredClone'],
);
const browser = named(
  ...['window', 'document', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage', 'EventSource'],
  ...['HTMLElement', 'customElements', 'FormData', 'Event', 'CustomEvent', 'Intl', 'requestAnimationFrame', 'crypto'],
);

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/', 'docs/']),
  eslint.configs.recommended,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },
  {
    name: 'typed',
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Every member of a union is thought of, or a default says that the rest is meant alike.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Style, not safety: whether a function that is done at once is written with `async`, or returns what returns nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      // A decorated class may hold nothing (a module), or nothing but what is injected.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest declares its options as classes and is handed plain objects, as its own manual does.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `'owner' | RoleCode` names the words that mean something among the codes.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Only what may be undefined by its type: an index into a record is checked by the compiler's own option.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      // Marked so by its authors to make it stand out: it serves identity providers on loopback, and production has none.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'allowInsecureRequests', package: 'openid-client' }] },
      ],
    },
  },
  {
    name: 'the core is pure',
    files: core,
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...forbiddenInCore.map((name) => ({ name, message: outside }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: outside }],
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true]', message: 'The core waits for nothing.' },
        { selector: 'AwaitExpression', message: 'The core waits for nothing.' },
        { selector: 'ImportExpression', message: 'The core loads nothing while it runs.' },
        { selector: 'Decorator', message: 'The core knows no framework.' },
        {
          selector: 'ClassDeclaration:not([superClass.name=/Error$/]), ClassExpression',
          message: 'State is data and behaviour is functions; only errors are classes.',
        },
        { selector: 'TSEnumDeclaration', message: 'A union of literals says the same and leaves no code behind.' },
      ],
    },
  },
  {
    name: 'one way to the database',
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    // The queue's own backend hands a pool to the queue library; it runs no statement itself.
    ignores: [...tests, 'libs/database/**', 'libs/queues/src/postgres-backend.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['pg', 'pg/*', 'pg-*', 'typeorm', 'typeorm/*', '@nestjs/typeorm'],
              message: 'Use the unit of work of #libs/database: it opens the transaction and sets the principals.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'tests',
    files: tests,
    rules: {
      // What a test has just made is there; where it is not, the test fails, as it should.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A table of cases is as long as it is.
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    name: 'plain JavaScript',
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: node },
  },
  {
    name: 'configuration in CommonJS',
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  {
    name: 'the page',
    files: ['apps/console/**/*.js', 'apps/console/**/*.mjs'],
    languageOptions: { globals: { ...node, ...browser } },
  },
);
