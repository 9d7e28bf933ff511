import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

test.each(['scripts/gen.ts', 'scripts/api-report.ts'])('what %s writes is what is committed', async (script) => {
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '--check']);
  expect(stderr).toBe('');
});
