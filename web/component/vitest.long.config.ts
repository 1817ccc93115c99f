import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    dir: 'browser_test/long',
    include: ['*.test.ts'],
    globalSetup: 'browser_test/harness/global_setup.ts',
    testTimeout: 600000,
    hookTimeout: 120000,
  },
});
