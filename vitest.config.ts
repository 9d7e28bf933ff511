import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The registry must know a rule file that was just added.
    globalSetup: ['test/helpers/check-servers.ts', 'test/helpers/write-registry.ts'],
    // Chevrotain's import costs some 300 ms a worker unbundled; fewer, longer-lived workers win.
    isolate: false,
    testTimeout: 60_000,
  },
});
