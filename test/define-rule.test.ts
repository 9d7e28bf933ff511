/** What a rule may say of itself: its checks by dialect, and the types of its options. */
import { describe, expect, expectTypeOf, test } from 'vitest';

import { checksFor, disagreement } from '../src/rules/checks.ts';
import { defineRule, type Rule, type RuleMeta } from '../src/rules/define-rule.ts';
import { lint } from './helpers/lint.ts';

const meta = {
  summary: 'x',
  why: 'x',
  how: 'x',
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  set: 'recommended',
  references: [],
} as const satisfies Omit<RuleMeta, 'dialects'>;

test('options have the types that their schemas describe', () => {
  defineRule({
    meta: {
      ...meta,
      dialects: ['nginx'],
      options: {
        flag: { type: 'boolean', default: false, description: 'x' },
        count: { type: 'integer', minimum: 1, default: 1, description: 'x' },
        level: { enum: ['low', 'high'], default: 'low', description: 'x' },
        names: { type: 'array', items: { type: 'string' }, default: [], description: 'x' },
        table: { type: 'object', additionalProperties: { type: 'number' }, default: {}, description: 'x' },
        any: { default: 1, description: 'x' },
      },
      // @ts-expect-error: no value of the option
      pedanticOptions: { level: 'medium' },
    },
    messages: { found: 'x' },
    check: ({ options }) => {
      expectTypeOf(options).toEqualTypeOf<{
        readonly flag: boolean;
        readonly count: number;
        readonly level: 'low' | 'high';
        readonly names: readonly string[];
        readonly table: Readonly<Record<string, number>>;
        readonly any: unknown;
      }>();
      // @ts-expect-error: there is no such option
      void options.flags;
      return {};
    },
  });
});

test('messages and their data are checked in each dialect', () => {
  defineRule({
    meta: { ...meta, dialects: ['nginx', 'apache'] },
    messages: { found: 'The directive "{{name}}".' },
    check: {
      // @ts-expect-error: no such message
      nginx: ({ report }) => ({ block: (block) => report({ message: 'other', at: block.directives[0]! }) }),
      // @ts-expect-error: no data
      apache: ({ report }) => ({ block: (block) => report({ message: 'found', at: block.directives[0]! }) }),
    },
  });
});

describe('checks by dialect', () => {
  const [nginx, all] = [(): string => 'nginx', (): string => 'all'];

  test('a config meets that of its dialect and the one for all', () => {
    expect(checksFor({ nginx, all }, 'nginx')).toEqual([all, nginx]);
    expect(checksFor({ nginx, all }, 'apache')).toEqual([all]);
    expect(checksFor({ nginx }, 'apache')).toEqual([]);
    expect(checksFor(nginx, 'apache')).toEqual([nginx]);
  });

  test('they and the dialects of the rule have to agree', () => {
    expect(disagreement({ nginx }, ['nginx'])).toBeUndefined();
    expect(disagreement({ nginx, all }, ['nginx', 'apache'])).toBeUndefined();
    expect(disagreement(all, ['sslh'])).toBeUndefined();
    expect(disagreement({ nginx }, ['nginx', 'sslh'])).toContain('names "sslh"');
    expect(disagreement({ nginx, all }, ['apache'])).toContain('"check.nginx"');
    expect(disagreement({ httpd: nginx } as never, ['nginx'])).toContain('"check.httpd"');
  });

  test('both listen to one walk', async () => {
    const rule: Rule = {
      id: 'made-up',
      category: 'files',
      meta: { ...meta, dialects: ['nginx', 'apache'] },
      messages: { found: 'x', always: 'y' },
      check: {
        nginx: ({ report }) => ({ directives: { root: (at) => report({ message: 'found', at }) } }),
        all: ({ report }) => ({ directives: { '*': (at) => report({ message: 'always', at }) } }),
      },
    };
    const { findings } = await lint({ path: 'a.conf', dialect: 'nginx', text: 'root /srv;' }, [{ rule }]);
    expect(findings.map(({ messageId }) => messageId).toSorted()).toEqual(['always', 'found']);
    const apache = await lint({ path: 'a.conf', dialect: 'apache', text: 'ServerTokens Prod' }, [{ rule }]);
    expect(apache.findings.map(({ messageId }) => messageId)).toEqual(['always']);
  });
});
