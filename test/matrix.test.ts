import { expect, test } from 'vitest';

import { faultsOf, readReasons } from '../scripts/gen/matrix.ts';
import { rules } from '../src/rules/index.gen.ts';

const reasons = readReasons();

test('each rule has a fixture or a reason for each server', () => {
  expect(rules.length).toBeGreaterThan(200);
  expect(faultsOf(rules, reasons)).toEqual([]);
});

test('a reason that is missing, superfluous or wrong is told', () => {
  const { 'hostname-lookups': _, ...others } = reasons.rules;
  expect(faultsOf(rules, { ...reasons, rules: others })).toEqual([
    'hostname-lookups for nginx: neither fixture nor reason',
  ]);
  const wrong = { ...reasons.rules, 'ip-hash': { apache: 'See `no-such-rule`.', nginx: 'a reason' }, 'no-rule': {} };
  expect(faultsOf(rules, { ...reasons, rules: wrong })).toEqual([
    'no-rule: there is no such rule',
    'ip-hash for nginx: a reason for a server that it is for',
    'ip-hash for apache: names the rule "no-such-rule", which does not exist',
  ]);
});
