import { expect, test } from 'vitest';

import { DamageCounter } from '../../src/fix/damage.ts';
import { overlay } from '../../src/fix/overlay.ts';
import { fixRepeatedly, type FixOutcome, type Look } from '../../src/fix/passes.ts';
import { findConfigs, lintSource } from '../../src/lint/read.ts';
import type { Rule, RuleDefinition } from '../../src/rules/define-rule.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const same = (path: string): string => path;

/** Lints and fixes `a.conf` of the texts with one made-up rule and the syntax rules. */
function fix(rule: Rule, texts: Readonly<Record<string, string>>): Promise<FixOutcome<Look>> {
  const active = [rule, ...rules.filter(({ category }) => category === 'syntax')].map((each) => ({ rule: each }));
  return fixRepeatedly({
    canonical: same,
    unsafe: true,
    mayEdit: () => true,
    look: async (replaced) => {
      const counter = new DamageCounter(same);
      const files = overlay(memoryFiles(texts), replaced);
      const [found] = findConfigs('/a.conf', replaced.get('/a.conf') ?? texts['/a.conf']!, 'nginx');
      const result = await lintSource(found!, { rules: active, files });
      counter.add(found!.source, result);
      return { findings: result.findings, damage: counter.damage };
    },
  });
}

const meta: Rule['meta'] = {
  summary: 'x',
  why: 'x',
  how: 'x',
  severity: 'warning',
  confidence: 'high',
  dialects: ['nginx'],
  since: '0.1.0',
  set: 'recommended',
  references: [],
};

function rule(check: RuleDefinition<{ found: 'x' }, Readonly<Record<string, unknown>>>['check']): Rule {
  return { id: 'made-up', category: 'files', meta, messages: { found: 'x' }, check: check as Rule['check'] };
}

/** Replaces the value of each `root` by what `next` makes of it. */
const replaceRoots = (next: (value: string) => string | undefined): Rule =>
  rule(({ report }) => ({
    directives: {
      root: (directive) => {
        const { file } = directive.parent;
        const [value] = directive.args;
        const text = value && next(value.value);
        if (!value || text === undefined) return;
        const place = { file, start: value.start, end: value.end };
        report({ message: 'found', at: place, fix: { title: 'x', safety: 'unsafe', edits: [{ place, text }] } });
      },
    },
  }));

test('passes go on until nothing is left to fix', async () => {
  const shorten = replaceRoots((value) => (value.length > 2 ? value.slice(0, -1) : undefined));
  const { files, fixed, refused } = await fix(shorten, { '/a.conf': 'root /abcd;\nserver { root /ab; }\n' });
  expect(files.map(({ text }) => text)).toEqual(['root /a;\nserver { root /a; }\n']);
  expect({ fixed, refused }).toEqual({ fixed: 4, refused: [] });
});

test('fixes that never settle end after ten passes', async () => {
  const flip = replaceRoots((value) => (value === '/a' ? '/b' : '/a'));
  const { fixed, files } = await fix(flip, { '/a.conf': 'server { root /a; }\n' });
  expect({ fixed, files }).toEqual({ fixed: 10, files: [] });
});

test.each([
  ['does not parse', '"'],
  ['is refused by the server', '/x y z'],
])('a fix after which the config %s is left out, the others stay', async (_, bad) => {
  const rename = replaceRoots((value) => ({ '/bad': bad, '/one': '/1', '/two': '/2', '/three': '/3' })[value]);
  const roots = ['/one', '/bad', '/two', '/three'];
  const text = (names: readonly string[]): string => names.map((name) => `server { root ${name}; }\n`).join('');
  const { files, fixed, refused, look } = await fix(rename, { '/a.conf': text(roots) });
  expect(files.map((file) => file.text)).toEqual([text(['/1', '/bad', '/2', '/3'])]);
  expect(fixed).toBe(3);
  expect(refused.map(({ place }) => place.file.positionAt(place.start).line)).toEqual([2]);
  expect(look.findings.map((finding) => finding.rule)).toEqual(['made-up']);
});

test('a config that was broken may show more of its mistakes, but must not parse worse', async () => {
  const close = replaceRoots((value) => ({ '/x': '/y; foo 1', '/z': '"' })[value]);
  const { files, refused } = await fix(close, { '/a.conf': 'root /x;\nserver { root /z; bar 1; }\n' });
  expect(files.map(({ text }) => text)).toEqual(['root /y; foo 1;\nserver { root /z; bar 1; }\n']);
  expect(refused.length).toBe(1);
});

test('a fix in an included file that breaks the config around it is left out', async () => {
  const texts = { '/a.conf': 'events {}\nhttp { server { include b.inc; } }\n', '/b.inc': 'root /bad;\n' };
  const { files, refused } = await fix(
    replaceRoots(() => '/x; server_tokens of'),
    texts,
  );
  expect(files).toEqual([]);
  expect(refused.length).toBe(1);
});
