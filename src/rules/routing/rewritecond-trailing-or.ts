import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';
import { placeIn, type Block, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A last RewriteCond with [OR], which lets its rule run whatever the condition says',
    why: 'A condition that fails and has [OR] leaves the decision to the next one. Behind the last one there is none, so the rule runs: the redirect or the refusal meets requests it was not meant for.',
    how: 'Remove OR from the last condition of the rule.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['rewritecond'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond'],
  },
  messages: {
    always: 'This condition decides nothing: with [OR] and no further condition the rule runs when it fails, too.',
  },
  check({ config, targets, report }) {
    function check({ directives }: Block): void {
      let last: Directive | undefined;
      for (const directive of directives) {
        if (directive.key === 'rewritecond') last = directive;
        else if (directive.key === 'rewriterule') {
          if (last) checkLast(last, directive);
          last = undefined;
        } else if (directive.block || directive.included) last = undefined;
      }
    }

    function checkLast(condition: Directive, rule: Directive): void {
      const word = condition.args[2];
      const flags = flagList(word?.value ?? '');
      if (!word || !flags.some(([name]) => name === 'or')) return;
      const kept = word.value
        .slice(1, -1)
        .split(',')
        .filter((flag) => !/^(?:or|ornext)$/i.test(flag.trim()));
      const place =
        kept.length > 0
          ? placeIn(condition, word)
          : placeIn(condition, { start: condition.args[1]!.end, end: word.end });
      const text = kept.length > 0 ? `[${kept.join(',')}]` : '';
      report({
        message: 'always',
        at: placeIn(condition, word),
        related: [{ at: rule, message: 'runs always' }],
        fix: { title: 'Remove OR', edits: [{ place, text }] },
      });
    }

    return {
      start() {
        forEachBlock(config, new ApacheSections(config, targets), check);
      },
    };
  },
});
