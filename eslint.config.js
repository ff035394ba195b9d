// @ts-check
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A layer may not reach up: what it must not import, and why the message says so. */
const layer = (/** @type {string[]} */ files, /** @type {string[]} */ patterns, /** @type {string} */ why) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: patterns, message: why }, shell] }],
  },
});
const shell = {
  regex: '^(node:)?child_process$',
  importNames: ['exec', 'execSync'],
  message: 'Start processes with an argument array (spawn, execFile): a name from a cluster is never shell text.',
};
const noVscode = ['vscode', '**/features/**', '**/ui/**', '**/services.ts', '**/contributions.ts'];

export default defineConfig(
  { ignores: ['dist', 'out', 'node_modules'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webviews/app/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-imports': ['error', { patterns: [shell] }],
      eqeqeq: 'error',
    },
  },
  layer(
    ['src/core/**'],
    [...noVscode, '**/domain/**', '**/clients/**', '**/practice/**', '**/webviews/**'],
    'core stands under everything and imports nothing of ours.',
  ),
  layer(
    ['src/domain/**'],
    [...noVscode, '**/clients/**', '**/practice/**', '**/webviews/**', '@aws-sdk/*', '@kubernetes/*', '@octokit/*'],
    'domain is pure: it knows core only.',
  ),
  layer(['src/clients/**'], [...noVscode, '**/practice/**', '**/webviews/**'], 'clients know domain and core only.'),
  layer(
    ['src/practice/**'],
    [...noVscode, '**/domain/**', '**/clients/**', '**/webviews/**'],
    'practice speaks protocols; it knows core only.',
  ),
  layer(
    ['src/webviews/app/**', 'src/webviews/contract/**'],
    [...noVscode, '**/clients/**', '**/practice/**', 'node:*'],
    'what runs in the browser knows the contract, domain types and core.',
  ),
  layer(
    ['src/features/**', 'src/ui/**', 'src/webviews/panels/**'],
    ['**/practice/**', '@aws-sdk/*', '@kubernetes/*', '@octokit/*'],
    'SDK types stay inside clients.',
  ),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      // mocha's describe and it return nothing worth awaiting
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'mocha' }] },
      ],
    },
  },
);
