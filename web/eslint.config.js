// The checks of `npm run lint` beside the types: the recommended rules of eslint and typescript-eslint, and the habits of
// this tree. Prettier checks the layout.
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
