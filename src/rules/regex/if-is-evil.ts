import { nginxDirectives } from '../../facts/nginx/index.ts';
import type { Directive } from '../../ir/syntax.ts';
import { children, childrenNamed } from '../../ir/walk.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An if in a location that does something else than it says',
    why: 'A true "if" does not add to its location, it replaces it: of several true ones only the last one counts, and try_files of the location no longer runs.',
    how: 'Inside "if" only "return" and "rewrite ... last" do what they say, and "set" where nothing else depends on the location. Choose values with "map" and use them in the location itself, or hand the request to another location.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/depth/ifisevil.rst',
    ],
  },
  messages: {
    tryFiles: 'While this condition holds, the "try_files" of the location does not run.',
    lastWins:
      'Where this condition and a later one hold, {{directives}} of this block {{verb}} no effect: only the last true "if" counts.',
  },
  check({ report }) {
    function check(location: Directive): void {
      const block = location.block;
      if (!block) return;
      const ifs = childrenNamed(block, 'if').filter((directive) => directive.block && !ends(directive));
      if (ifs.length === 0) return;
      const tryFiles = childrenNamed(block, 'try_files').at(-1);
      for (const directive of ifs) {
        if (tryFiles)
          report({ message: 'tryFiles', at: directive, related: [{ at: tryFiles, message: 'does not run then' }] });
      }
      ifs.slice(0, -1).forEach((directive, index) => {
        const later = ifs.slice(index + 1).filter((other) => !exclude(directive, other));
        const lost = settings(directive).filter((key) => later.some((other) => !settings(other).includes(key)));
        if (lost.length === 0) return;
        report({
          message: 'lastWins',
          at: directive,
          confidence: 'medium',
          data: { directives: listOf(lost.map((key) => `"${key}"`)), verb: lost.length === 1 ? 'has' : 'have' },
          related: later.map((at) => ({ at, message: 'may hold too' })),
        });
      });
    }
    return { directives: { location: check } };
  },
});

/** What a block sets besides the rewriting: directives of other modules. */
function settings({ block }: Directive): string[] {
  const keys = children(block!).flatMap(({ key }) => (isRewriting(key) ? [] : key));
  return [...new Set(keys)];
}

function isRewriting(key: string): boolean {
  return key === 'include' || nginxDirectives(key).some(({ module }) => module === 'ngx_http_rewrite_module');
}

/** A block that answers by itself: nothing of the location counts then. */
function ends({ block }: Directive): boolean {
  return children(block!).some(({ key }) => key === 'return' || key === 'rewrite' || key.endsWith('_pass'));
}

/** Two equality tests of one variable, or a test and its negation, cannot hold at once. */
function exclude({ args: a }: Directive, { args: b }: Directive): boolean {
  const [subject, operator, value] = a.map((word) => word.value);
  const [otherSubject, otherOperator, otherValue] = b.map((word) => word.value);
  if (subject !== otherSubject || operator === undefined || otherOperator === undefined) return false;
  if (value === otherValue) return operator === `!${otherOperator}` || otherOperator === `!${operator}`;
  return operator === '=' && otherOperator === '=';
}
