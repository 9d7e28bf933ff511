import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { samplePath } from '../../regex/sample.ts';
import { toBytes } from '../../text/bytes.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A regular expression that is not asked below a location with ^~',
    why: 'nginx skips the regular expressions for all paths below such a prefix, so what they set for files of a kind, such as "expires", does not hold there.',
    how: 'Leave "^~" away, or repeat the regular expression inside the location.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: [[{ location: /^~/ }], [{ location: /^\^~/ }]] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: { skipped: '"{{regex}}" is not asked for paths below "{{prefix}}", which is marked "^~".' },
  check({ report }) {
    function check(block: Block): void {
      const locations = childrenNamed(block, 'location').map((directive) => ({
        directive,
        ...locationMatch(directive),
      }));
      const closed = locations.filter(
        ({ kind, directive, pattern }) => kind === 'prefix-noregex' && !isMeantToSkip(directive, pattern),
      );
      if (closed.length === 0) return;
      for (const { directive, kind, pattern, caseInsensitive } of locations) {
        const prefix =
          kind === 'regex' ? closed.find((other) => overlap(other.pattern, pattern, caseInsensitive)) : undefined;
        if (!prefix) continue;
        report({
          message: 'skipped',
          at: directive,
          data: { regex: directive.args.map(({ value }) => value).join(' '), prefix: prefix.pattern },
          related: [{ at: prefix.directive, message: 'keeps these paths to itself' }],
        });
      }
    }

    return { block: check };
  },
});

/** It has patterns of its own, turns everybody away, or holds what no pattern is for: tokens that prove who owns the name. */
function isMeantToSkip({ block }: Directive, prefix: string): boolean {
  return (
    prefix.startsWith('/.well-known') ||
    childrenNamed(block, 'location').some((inner) => locationMatch(inner).kind === 'regex') ||
    childrenNamed(block, 'return').length > 0 ||
    childrenNamed(block, 'deny').some(({ args }) => args[0]?.value === 'all')
  );
}

/** Whether a pattern surely matches some of the paths below a prefix, but not only those. */
function overlap(prefix: string, pattern: string, caseInsensitive: boolean): boolean {
  if (takesBelow(prefix, pattern, caseInsensitive)) return true;
  // An ending, such as \.(css|js)$: of files anywhere.
  if (/^\\\.[\w|?:()]+\$$/.test(pattern)) return prefix.endsWith('/') || !/\.\w+$/.test(prefix);
  const parts = /^\^(\/(?:[\w/~%@,=-]|\\[./-])*)(?:\(?\.[*+]\)?\$?)?$/.exec(pattern);
  const literal = parts?.[1]?.replaceAll('\\', '');
  return literal !== undefined && prefix.startsWith(literal) && prefix !== literal;
}

/** Whether the pattern matches any path below the prefix, whatever its end is, and one beside it. */
function takesBelow(prefix: string, pattern: string, caseInsensitive: boolean): boolean {
  const regex = compilePcre(toBytes(pattern), caseInsensitive);
  const beside = samplePath(pattern) ?? '/';
  const isWide = ['x', 'y.z'].every((rest) => regex?.matches(toBytes(prefix + rest)) === true);
  return (
    isWide && [beside, `${beside}q`].some((path) => !path.startsWith(prefix) && regex?.matches(toBytes(path)) === true)
  );
}
