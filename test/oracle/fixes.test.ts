/** What a real server accepted before fixes, it accepts after them; safe ones change no answer. More: `npm run oracle:fixes`. */
import { describe, expect, test } from 'vitest';

import type { Edit, Fix } from '../../src/rules/finding.ts';
import type { Directive } from '../../src/syntax/tree.ts';
import type { Rule } from '../../src/rules/define-rule.ts';
import { FixProof, layoutFaults, type FixFault } from './lib/fix-proof.ts';
import { fixReport } from './lib/fix-report.ts';
import { baseSubjects, mutated, writtenOtherwise, type FixSubject } from './lib/fix-subjects.ts';
import { missingTools, serversRequired, type Server } from './lib/install.ts';

/** How many mutants, and of how many configs one is written otherwise. */
const mutants = 60;
const otherwise = 8;

describe.each<Server>(['nginx', 'apache'])('%s', (server) => {
  const missing = missingTools(server);
  if (missing !== undefined && !serversRequired) {
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }

  test('no fix breaks a config', { timeout: 600_000 }, async () => {
    const proof = new FixProof(server);
    const bases = await baseSubjects(server);
    for (const [index, base] of bases.entries()) {
      await proof.play(base);
      const others = index % otherwise === 0 ? writtenOtherwise(base) : [];
      if (others.length > 0) await proof.play(others[(index / otherwise) % others.length]!);
    }
    let count = 0;
    for await (const mutant of mutated(server, bases, 20_261)) {
      if (count++ === mutants) break;
      await proof.play(mutant);
    }
    proof.close();
    expect(proof.faults.length, fixReport(proof, 1)).toBe(0);
    expect(proof.figures.accepted).toBeGreaterThan(250);
    expect(proof.figures.single).toBeGreaterThan(150);
  });
});

describe.runIf(missingTools('nginx') === undefined)('a bad fix is found', () => {
  const text = 'events {}\nhttp {\n    server {\n        listen 8080;\n        return 200 a;\n    }\n}\n';
  const subject: FixSubject = { name: 'a', path: '/made-up/nginx.conf', text, level: undefined, folder: '/made-up' };

  /** A rule whose fix does something to each `return`. */
  const ruleWith = (
    safety: Fix['safety'],
    edit: (directive: Directive) => Omit<Edit, 'place'> & { start: number },
  ): Rule => ({
    id: 'made-up',
    category: 'operation',
    meta: {
      summary: 'x',
      why: 'x',
      how: 'x',
      severity: 'info',
      confidence: 'high',
      dialects: ['nginx'],
      since: '0.1.0',
      set: 'recommended',
      references: [],
    },
    messages: { found: 'x' },
    check: ({ report }) => ({
      directives: {
        return: (directive) => {
          const { start, text: inserted } = edit(directive);
          const place = { file: directive.parent.file, start, end: directive.end };
          report({ message: 'found', at: directive, fix: { title: 'x', safety, edits: [{ place, text: inserted }] } });
        },
      },
    }),
  });

  async function kindsOf(rule: Rule): Promise<FixFault['kind'][]> {
    const proof = new FixProof('nginx', [{ rule }]);
    await proof.play(subject);
    proof.close();
    return [...new Set(proof.faults.map(({ kind }) => kind))];
  }

  test('one that the server refuses', async () => {
    const rule = ruleWith('unsafe', ({ end }) => ({ start: end, text: ' no_such 1;' }));
    expect(await kindsOf(rule)).toEqual(['refused', 'left-out']);
  });

  test('a safe one that changes an answer', async () => {
    expect(await kindsOf(ruleWith('safe', ({ start }) => ({ start, text: 'return 200 b;' })))).toContain('answer');
    expect(await kindsOf(ruleWith('unsafe', ({ start }) => ({ start, text: 'return 200 b;' })))).not.toContain(
      'answer',
    );
  });

  test('one that is found again', async () => {
    const rule = ruleWith('safe', ({ start }) => ({ start, text: 'return 200 a;' }));
    expect(await kindsOf(rule)).toEqual(['left-out']);
  });
});

test.each([
  ['a\r\nb\r\n', 'a\r\nx\nb\r\n', ['line-ends']],
  ['a\nb\n', 'a\r\nb\n', ['line-ends']],
  ['a\nb', 'a\nb\n', ['line-ends']],
  ['\uFEFFa\n', 'a\n', ['line-ends']],
  ['a\n\tb\n', 'a\n\tb\n    c\n', ['indentation']],
  ['a\n\tb\r\n', 'a\n\tb\r\n\tc\n', []],
])('layout: %j and %j', (before, after, kinds) => {
  expect(layoutFaults(before, after).map(([kind]) => kind)).toEqual(kinds);
});
