import { refusalRules } from '../../src/lint/refusals.ts';
import { expect, test } from 'vitest';

import { DamageCounter } from '../../src/fix/damage.ts';
import { overlay } from '../../src/fix/overlay.ts';
import { fixRepeatedly, type FixOutcome, type Look } from '../../src/fix/passes.ts';
import { lintSource } from '../../src/lint/lint-source.ts';
import { findConfigs } from '../../src/lint/read.ts';
import type { OptionSchemas, Rule, RuleDefinition } from '../../src/rules/define-rule.ts';
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
      const [found] = await findConfigs('/a.conf', replaced.get('/a.conf') ?? texts['/a.conf']!, 'nginx');
      const result = await lintSource(found!, { rules: active, files, refusalRules });
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

function rule(check: RuleDefinition<{ found: 'x' }, OptionSchemas>['check']): Rule {
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

test.each([
  ['that undo each other', (value: string) => (value === '/a' ? '/b' : '/a')],
  ['that grow', (value: string) => `${value}/a`],
  ['that change nothing', (value: string) => value],
])('fixes %s are left out', async (_, next) => {
  const { fixed, files, refused, look } = await fix(replaceRoots(next), { '/a.conf': 'server { root /a; }\n' });
  expect({ fixed, files }).toEqual({ fixed: 0, files: [] });
  expect(refused.map(({ reason }) => reason)).toEqual(['effect']);
  expect(look.findings.map((finding) => finding.fix)).toEqual([undefined]);
});

test('a fix that is found again at its place is left out, the others stay', async () => {
  const again = rule(({ report }) => ({
    directives: {
      server: (server) => {
        const { file, open } = server.block!;
        const place = { file, start: open!.end, end: open!.end };
        report({ message: 'found', at: server, fix: { title: 'x', edits: [{ place, text: ' tcp_nodelay on;' }] } });
      },
      root: (directive) => {
        const place = { file: directive.parent.file, start: directive.start, end: directive.end };
        report({ message: 'found', at: directive, fix: { title: 'x', edits: [{ place, text: '' }] } });
      },
    },
  }));
  const { files, refused } = await fix(again, { '/a.conf': 'server { root /a; }\nserver { root /b; }\n' });
  expect(files.map(({ text }) => text)).toEqual(['server {  }\nserver {  }\n']);
  expect(refused.map(({ reason }) => reason)).toEqual(['effect']);
});

test('a fix that brings a config more that the server refuses is left out, however many it has', async () => {
  const text = 'server { root /x; zzz /y; }\n';
  const { files, refused } = await fix(
    replaceRoots(() => '/x; no_such 1'),
    { '/a.conf': text },
  );
  expect(files.map((file) => file.text)).toEqual([]);
  expect(refused.map(({ finding, reason }) => [finding.rule, reason])).toContainEqual(['made-up', 'damage']);
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
  expect(refused.map(({ finding: { place } }) => place.file.positionAt(place.start).line)).toEqual([2]);
  expect(look.findings.map((finding) => finding.rule)).toEqual(['made-up']);
});

test('the fix of a mistake of syntax may uncover others', async () => {
  const { files, refused } = await fix(
    replaceRoots(() => undefined),
    { '/a.conf': 'server {\n    root "/a;\n    zzz 1;\n}\n' },
  );
  expect(files.map(({ text }) => text)).toEqual(['server {\n    root "/a";\n    zzz 1;\n}\n']);
  expect(refused).toEqual([]);
});

test('a config that was broken must not parse worse', async () => {
  const close = replaceRoots((value) => ({ '/x': '/y', '/z': '"' })[value]);
  const { files, refused } = await fix(close, { '/a.conf': 'root /x;\nserver { root /z; bar 1; }\n' });
  expect(files.map(({ text }) => text)).toEqual(['root /y;\nserver { root /z; bar 1; }\n']);
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
