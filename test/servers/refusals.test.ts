import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.gen.ts';
import { servers } from '../../src/servers/index.ts';

const texts = servers.flatMap(({ dialect, refusals }) =>
  Object.entries(refusals.messages).flatMap(([rule, messages]) =>
    Object.entries(messages).map(([id, text]) => ({ dialect, rule, id, text })),
  ),
);

test('servers that share a rule and an id share the text: a rule has one for each id', () => {
  const first = new Map<string, string>();
  for (const { rule, id, text } of texts) {
    const known = first.get(`${rule} ${id}`);
    if (known === undefined) first.set(`${rule} ${id}`, text);
    else expect.soft(`${rule} ${id}: ${text}`).toBe(`${rule} ${id}: ${known}`);
  }
  expect(first.size).toBeGreaterThan(60);
});

test('each message of a server has a rule for its dialect that reports it', () => {
  const unreported = texts.filter(({ dialect, rule: wanted, id, text }) => {
    const rule = rules.find((each) => each.id === wanted);
    return !rule?.meta.dialects.includes(dialect) || rule.messages[id] !== text;
  });
  expect(unreported).toEqual([]);
});
