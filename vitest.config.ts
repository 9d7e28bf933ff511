import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What asks servers or runs the program many times takes longest; begun last, it would leave the other workers idle. */
const long = ['test/oracle/', 'test/cli/', 'test/docs/', 'test/witness/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.some((folder) => moduleId.includes(`/${folder}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The registry must know a rule file that was just added.
    globalSetup: ['test/helpers/check-servers.ts', 'test/helpers/write-registry.ts'],
    // Chevrotain's import costs some 300 ms a worker unbundled; fewer, longer-lived workers win.
    isolate: false,
    // One fewer than there are processors would leave one of two idle: much of the time is spent by programs that a test waits for.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
  },
});
