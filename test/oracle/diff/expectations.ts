/** What `test --init` writes of a config, tested against it and against a change of it. */
import { initialExpectations } from '../../../src/expectations/init.ts';
import { readExpectations } from '../../../src/expectations/read.ts';
import { play, type Trace } from '../../../src/expectations/run.ts';
import type { Side } from '../../../src/diff/side.ts';
import { unnamedMachine } from '../../../src/topology/machine.ts';

function traceOf({ config, model, targets, tracer }: Side): Trace {
  const member = { config, model, targets, machine: unnamedMachine() };
  return async (request, files) => [
    {
      member,
      trace: tracer(member, request, files),
      next: undefined,
      alike: [],
      stop: undefined,
    },
  ];
}

export interface Tested {
  readonly expectations: number;
  /** Those that do not hold of the very config that they were written of. */
  readonly wrong: readonly string[];
  /** How many do not hold, or cannot be told, after the change. */
  readonly failing: number;
}

export async function testExpectations(before: Side, after: Side): Promise<Tested> {
  const { text, expectations } = await initialExpectations(['a.conf'], [before], traceOf(before));
  if (expectations === 0) return { expectations, wrong: [], failing: 0 };
  const file = readExpectations('proxylint.test.yaml', text);
  const played = [before, after].map((side) => play(file, traceOf(side)));
  const [holds = [], held = []] = await Promise.all(played);
  const wrong = holds
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ name, checks }) => `${name}: ${JSON.stringify(checks)}`);
  return { expectations, wrong, failing: held.filter(({ verdict }) => verdict !== 'passed').length };
}
