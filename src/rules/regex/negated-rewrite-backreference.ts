import { placeIn, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A reference to a group of a pattern that did not match',
    why: 'A negated pattern holds when it does not match, and then its groups hold nothing: the reference is empty, or keeps what an earlier expression captured.',
    how: 'Capture with a pattern that is not negated, in a condition of its own, or use a variable such as "%{REQUEST_URI}" or "$request_uri".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule',
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
    ],
  },
  messages: {
    rule: 'The pattern "{{pattern}}" is negated, so "{{reference}}" is empty here.',
    condition: 'All conditions before this rule are negated, so "{{reference}}" is empty here.',
  },
  check({ report }) {
    let conditions: Directive[] = [];

    function checkRule(directive: Directive): void {
      const before = conditions;
      conditions = [];
      const [pattern, substitution] = directive.args;
      if (!pattern || !substitution || pattern.value.includes('${')) return;
      const at = placeIn(directive, substitution);
      const group = /(?<!\\)\$[1-9]/.exec(substitution.value)?.[0];
      if (pattern.value.startsWith('!') && group !== undefined)
        report({ message: 'rule', at, data: { pattern: pattern.value, reference: group } });
      const reference = /(?<!\\)%[1-9]/.exec(substitution.value)?.[0];
      const beside = before.filter((condition) => condition.parent === directive.parent);
      if (reference === undefined || beside.length === 0) return;
      if (beside.every(({ args }) => args[1]?.value.startsWith('!'))) {
        const related = beside.map((condition) => ({ at: condition, message: 'negated' }));
        report({ message: 'condition', at, data: { reference }, related });
      }
    }

    /** Groups of `if (... !~ pattern)` read in its block, where nothing else has captured before. */
    function checkIf(directive: Directive): void {
      const { args, block } = directive;
      const pattern = args[2]?.value ?? '';
      if (!block || !/^!~\*?$/.test(args[1]?.value ?? '') || !/\((?!\?)/.test(pattern)) return;
      for (const inner of children(block)) {
        if (inner.key === 'rewrite' || inner.block) return;
        const word = inner.args.find(({ value }) => /\$[1-9]/.test(value));
        if (!word) continue;
        const reference = /\$[1-9]/.exec(word.value)![0];
        report({ message: 'rule', at: placeIn(inner, word), data: { pattern, reference }, confidence: 'medium' });
        return;
      }
    }

    return {
      directives: {
        rewritecond: (directive) => void conditions.push(directive),
        rewriterule: checkRule,
        if: checkIf,
      },
    };
  },
});
