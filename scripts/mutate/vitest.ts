/**
 * Stands for `vitest` in a bundle of the tests: its own runner and matchers, without its server and its workers, so that a process that
 * runs tests starts in no time.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import {
  ASYMMETRIC_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  chai,
  setState,
} from '@vitest/expect';
import { getCurrentTest } from '@vitest/runner';

export { afterAll, beforeAll, describe, it, onTestFinished, test } from '@vitest/runner';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
chai.use(({ Assertion }, { flag }) => {
  Assertion.addMethod('toMatchFileSnapshot', function toMatchFileSnapshot(this: object, path: string) {
    const expected = readFileSync(resolve(dirname(getCurrentTest()!.file.filepath), path), 'utf8');
    chai.expect(flag(this, 'object')).to.equal(expected);
    return Promise.resolve();
  });
});

type Assertion = ReturnType<typeof chai.expect> & { withTest: (test: unknown) => unknown };

type Matcher = (...expected: unknown[]) => unknown;

export const expect = (value: unknown, message?: string): unknown => {
  const test = getCurrentTest();
  const assertion = chai.expect(value, message) as Assertion;
  return test ? assertion.withTest(test) : assertion;
};
const pause = 50;
const patience = 10_000;

/** Asks again and again until an assertion holds. */
function poll(read: () => unknown, isNegated = false): object {
  const assertion =
    (name: string) =>
    async (...expected: unknown[]): Promise<unknown> => {
      const end = performance.now() + patience;
      for (;;) {
        try {
          const assertions = chai.expect((await read()) as never);
          const asked = (isNegated ? assertions.not : assertions) as unknown as Record<string, Matcher>;
          return asked[name]!(...expected);
        } catch (error) {
          if (performance.now() > end) throw error;
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    };
  return new Proxy({}, { get: (_, name) => (name === 'not' ? poll(read, true) : assertion(String(name))) });
}

// Whether the first assertion that fails ends its test does not matter here.
Object.assign(
  expect,
  chai.expect,
  { soft: expect, poll },
  (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT],
);
setState({ assertionCalls: 0 }, expect as never);

/** Types are no matter of a run. */
export const expectTypeOf = (): unknown => ({ toEqualTypeOf: () => undefined });
