/** `proxylint test --init [paths...]`. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { initialExpectations } from '../../expectations/init.ts';
import { plural } from '../../formatters/plural.ts';
import { LinkedTracer } from '../linked/linked-tracer.ts';
import type { TestCommandOptions } from '../options.ts';
import { tell } from '../output.ts';
import { readLinked } from '../files/read-files.ts';
import { reasonOf } from '../files/read-found.ts';
import { UsageError } from '../usage-error.ts';

/** The exit status. Throws {@link UsageError}. */
export async function initTests(paths: readonly string[], options: TestCommandOptions): Promise<number> {
  const { outputFile = 'proxylint.test.yaml' } = options;
  if (paths.length === 0) throw new UsageError('--init: name the configs that the expectations are about');
  if (existsSync(outputFile))
    throw new UsageError(`${outputFile} is there already; name another one with --output-file`);
  const linked = await readLinked(paths, options);
  const tracer = await LinkedTracer.of(linked);
  if (tracer.members.length === 0) throw new UsageError('no nginx, httpd or sslh config found');
  for (const [config, refusal] of await tracer.refusals()) {
    if (refusal) tell(`${config.file.source.path}: the server does not load it as it is: ${refusal.message}`);
  }
  const directory = dirname(resolve(outputFile));
  const seen = (path: string): string => relative(directory, resolve(path)) || '.';
  const initial = await initialExpectations(
    paths.map(seen),
    tracer.members,
    (request, files) => tracer.trace(request, () => files),
    seen,
  );
  if (initial.expectations === 0) throw new UsageError('nothing can be told of any request to these configs');
  try {
    writeFileSync(outputFile, initial.text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${outputFile}: ${reasonOf(error)}`, { cause: error });
  }
  const cut = initial.isCut ? '; there would be more' : '';
  tell(`${outputFile}: ${plural(initial.expectations, 'expectation')} for ${plural(initial.routes, 'route')}${cut}`);
  return linked.failures > 0 ? 2 : 0;
}
