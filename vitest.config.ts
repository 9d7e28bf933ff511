import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Chevrotain's import costs some 300 ms a worker unbundled; fewer, longer-lived workers win.
    isolate: false,
    testTimeout: 60_000,
  },
});
