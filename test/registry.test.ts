/** What every rule must keep to, whoever writes it. */
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { ruleFiles } from '../scripts/gen/registry.ts';
import { adviceFor } from '../src/rules/advice.ts';
import { rules } from '../src/rules/index.gen.ts';
import { parseVersion } from '../src/model/versions.ts';

const text = (schema: object): { default?: unknown; description?: unknown; type?: unknown; enum?: unknown } => schema;

test('the registry holds each rule file once, sorted', () => {
  expect(rules.map((rule) => `./${rule.category}/${rule.id}.ts`)).toEqual(ruleFiles().map((file) => file.path));
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const { meta, messages } = rule;

  test('is named in kebab-case', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('has a summary of one line without full stop, and sentences for why and how', () => {
    expect(meta.summary).toMatch(/^[A-Z"`<].*[^.\s]$/);
    expect(meta.summary.length).toBeLessThanOrEqual(120);
    const advice = meta.dialects.map((dialect) => adviceFor(meta.how, dialect));
    for (const sentence of [meta.why, ...advice, ...(meta.whenOff === undefined ? [] : [meta.whenOff])]) {
      expect(sentence).toMatch(/^(?:["`<]|[A-Z]|(?:nginx|httpd|sslh|libconfig)\b|[a-z]+_[a-z]).*[.)]$/s);
      expect(sentence).not.toMatch(/\s$|\s{2}|\n/);
    }
  });

  test('has messages of full sentences, with a name in camelCase', () => {
    expect(Object.keys(messages)).not.toEqual([]);
    for (const [messageId, message] of Object.entries(messages)) {
      expect(messageId).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      // A message may be taken whole from the place that knows it.
      if (/^\{\{\w+\}\}$/.test(message)) continue;
      expect(message, messageId).toMatch(/^(?:["`<]|[A-Z]|\{\{|(?:nginx|httpd|sslh|libconfig)\b).*([.?]|\.\)|\}\})$/s);
      expect(message, messageId).not.toMatch(/\s{2}|\n|\{\{\s|\{\{[^}]*$/);
    }
  });

  test('names its version, and references by https', () => {
    expect(parseVersion(meta.since)).toBeDefined();
    expect(meta.references).not.toEqual([]);
    for (const reference of meta.references) expect(new URL(reference).protocol).toBe('https:');
    expect(new Set(meta.references).size).toBe(meta.references.length);
  });

  test('describes each option and gives it a default', () => {
    for (const [name, schema] of Object.entries(meta.options ?? {})) {
      expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(text(schema).default, name).toBeDefined();
      expect(text(schema).description, name).toMatch(/^\S.*\S$/);
      expect(text(schema).type ?? text(schema).enum, name).toBeDefined();
    }
  });

  test('claims only what it can be sure of', () => {
    expect(meta.dialects).not.toEqual([]);
    expect(new Set(meta.dialects).size).toBe(meta.dialects.length);
    expect(meta.severity === 'error' && meta.confidence === 'low', 'an error needs confidence').toBe(false);
    expect(meta.severity === 'error' && meta.set === 'optional', 'an error is for everyone').toBe(false);
    if (rule.category === 'syntax') expect(meta.confidence).toBe('high');
  });

  test('has its page and its row in the catalogue', () => {
    expect(existsSync(`docs/rules/${id}.md`)).toBe(true);
    expect(readFileSync('docs/rules/README.md', 'utf8')).toContain(`[${id}](${id}.md)`);
    expect(Object.keys((JSON.parse(readFileSync('rules.json', 'utf8')) as { rules: object }).rules)).toContain(id);
  });
});
