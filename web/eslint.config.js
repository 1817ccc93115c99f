// What `npm run lint` checks beside the types: eslint's and typescript-eslint's recommended rules, and the
// habits of this tree. Layout is prettier's.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores(['**/dist/', '**/node_modules/']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 500 }],
      'max-params': ['error', { max: 5 }],
      'no-console': ['error', { allow: ['warn'] }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { Blob: 'readonly', console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  { files: ['**/*.mjs', '**/bench/**', '**/long/**'], rules: { 'no-console': 'off' } },
]);
