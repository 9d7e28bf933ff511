import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The registry must know a rule file that was just added.
    globalSetup: ['test/helpers/check-servers.ts', 'test/helpers/write-registry.ts'],
    // Chevrotain's import costs some 300 ms a worker unbundled; fewer, longer-lived workers win.
    isolate: false,
    // One fewer than there are processors would leave one of two idle: much of the time is spent by programs that a test waits for.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
});
