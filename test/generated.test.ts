import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

test('the committed generated files are those that the generator writes', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/gen.ts', '--check']);
  expect(stderr).toBe('');
});
