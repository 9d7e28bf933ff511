import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An inner SetOutputFilter that drops the filters of the outer one',
    why: 'SetOutputFilter replaces, it does not add: below a section that substitutes texts, answers are no longer compressed, or the other way round.',
    how: 'Name all filters in the inner line ("SetOutputFilter SUBSTITUTE;DEFLATE"), or use AddOutputFilterByType, which adds.',
    whenOff: 'Where the inner level is meant to go without the outer filters.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['setoutputfilter'] },
    references: ['https://httpd.apache.org/docs/2.4/mod/core.html#setoutputfilter'],
  },
  messages: { replaced: '"SetOutputFilter {{inner}}" replaces the outer one: {{lost}} {{verb}} not applied here.' },
  check({ report }) {
    const told = new Set<Directive>();

    function check(scope: Scope): void {
      for (let level: Scope | undefined = scope; level?.outer; level = level.outer) {
        const inner = level.own('setoutputfilter').at(-1);
        const outer = level.outer.effective('setoutputfilter').at(-1);
        if (!inner || !outer || told.has(inner)) continue;
        const lost = filtersOf(outer).filter((name) => !filtersOf(inner).includes(name));
        if (lost.length === 0 || filtersOf(inner).length === 0) continue;
        told.add(inner);
        report({
          message: 'replaced',
          at: inner,
          data: {
            inner: inner.args[0]!.value,
            lost: listOf(lost.map((name) => `"${name}"`)),
            verb: lost.length === 1 ? 'is' : 'are',
          },
          related: [{ at: outer, message: 'replaced' }],
        });
      }
    }

    return { route: ({ scope }) => check(scope) };
  },
});

function filtersOf({ args }: Directive): string[] {
  const names = (args[0]?.value ?? '').split(';').map((name) => name.trim().toUpperCase());
  return names.filter((name) => name !== '' && name !== 'NONE');
}
