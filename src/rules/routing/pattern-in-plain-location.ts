import { locationMatch } from '../../ir/lower/nginx/match.ts';
import type { Edit } from '../../finding.ts';
import type { Place } from '../../ir/source.ts';
import { placeIn, type Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A location whose path looks like a regular expression, but is compared as written',
    why: 'Without "~" nginx takes a location for a prefix (with "=" for the whole path) in which every sign stands for itself: no request has such a path, and all of them go elsewhere.',
    how: 'Write "~" before a regular expression, or a plain prefix without its signs: "location /files/" instead of "location /files/.*".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: {
    plain: 'The location "{{path}}" is no regular expression without "~": "{{sign}}" stands for itself.',
  },
  check({ report }) {
    function check(location: Directive): void {
      const { kind, pattern } = locationMatch(location);
      if (kind !== 'prefix' && kind !== 'prefix-noregex' && kind !== 'exact') return;
      const sign = signs.exec(pattern)?.[0];
      if (sign === undefined) return;
      const first = location.args[0]!;
      const last = location.args.at(-1)!;
      const place = { ...placeIn(location, first), end: last.end };
      report({
        message: 'plain',
        at: placeIn(location, last),
        data: { path: pattern, sign },
        ...(isBare.test(pattern) && { fix: fixOf(pattern, sign, place) }),
      });
    }

    return { directives: { location: check } };
  },
});

/** Needs no quotation marks. */
const isBare = /^[^\s;{}"'\\]*(?:\\[.wds/-][^\s;{}"'\\]*)*$/;

/** A final asterisk is that of a file name pattern; all else is meant as a regular expression. */
function fixOf(
  pattern: string,
  sign: string,
  place: Place,
): { readonly title: string; readonly edits: readonly Edit[] } {
  if (sign === '*') return { title: 'Make it a prefix', edits: [{ place, text: pattern.slice(0, -1) }] };
  const anchored = pattern.startsWith('^') ? pattern : `^${pattern}`;
  return { title: 'Make it a regular expression', edits: [{ place, text: `~ ${anchored}` }] };
}

/** What stands in patterns and in no path: anchors, repeated periods, escapes, classes, alternatives, a final asterisk. */
const signs = /^\^|\$$|\.[*+]|\\[.wdsWDSb/-]|\[[^\]/]+-[^\]/]+\]|\([^)]*\|[^)]*\)|\*$/;
