import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { dir: 'browser_test', include: ['**/*.test.ts'], testTimeout: 120000, hookTimeout: 120000, fileParallelism: false },
});
