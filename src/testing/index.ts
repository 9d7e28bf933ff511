/** For authors of plugins: tests a rule with its fixtures, as the rules of proxylint are tested. */
import { test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';

import { ruleOfPlugin, type PluginRule } from '../config/plugins.ts';
import { checksOf } from './check.ts';

/** The `test` of node:test, vitest, jest and their like. */
export type TestFunction = (name: string, run: () => void | Promise<void>) => unknown;

/**
 * Registers the tests of a rule. `folder` holds `bad-*` and `good-*` fixtures for each dialect of the rule; a URL is
 * taken as one of a folder. Without `test` they are tests of node's own runner.
 */
export function testRule(
  name: string,
  rule: PluginRule,
  folder: string | URL,
  test: TestFunction = (title, run) => void nodeTest(title, run),
): void {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder);
  for (const check of checksOf(ruleOfPlugin('testRule', 'plugin', name, rule), path.replace(/[\\/]+$/, ''))) {
    test(`${name}: ${check.name}`, check.run);
  }
}
