import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: 'browser_test',
    include: ['*.test.ts'],
    globalSetup: 'browser_test/harness/global_setup.ts',
    testTimeout: 120000,
    hookTimeout: 120000,
    maxWorkers: 2,
    minWorkers: 1,
  },
});
