/** What `test --init` writes holds when it is tested. */
import glob from 'fast-glob';
import { expect, test } from 'vitest';
import { lintDefaults } from '../../src/cli/options.ts';
import { LinkedTracer } from '../../src/cli/linked/linked-tracer.ts';
import { readLinked } from '../../src/cli/files/read-files.ts';
import { initialExpectations } from '../../src/expectations/init.ts';
import { readExpectations } from '../../src/expectations/read.ts';
import { play, type Trace } from '../../src/expectations/run.ts';

const { PROXYLINT_INIT_CONFIGS } = process.env;
const paths = glob.sync(
  PROXYLINT_INIT_CONFIGS ?? 'fixtures/{samples/*,rules/*-location/good-*,rules/sslh-*/good-*}.{conf,cfg}',
);

test('there are configs of all servers', () => {
  expect(paths.length).toBeGreaterThan(20);
});

test.each(paths)('%s', async (path) => {
  const tracer = await LinkedTracer.of(await readLinked([path], { ...lintDefaults, config: false }));
  const trace: Trace = (request, files) => tracer.trace(request, () => files);
  const { text, expectations } = await initialExpectations([path], tracer.members, trace);
  if (expectations === 0) return;
  const file = readExpectations('t.yaml', text);
  expect(file.expectations).toHaveLength(expectations);
  const wrong = (await play(file, trace)).filter(({ verdict }) => verdict !== 'passed');
  expect(
    wrong.map(({ name, problem, checks }) => [name, problem, checks.filter((one) => one.verdict !== 'passed')]),
  ).toEqual([]);
});
