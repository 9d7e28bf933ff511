import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import type { MatchKind } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { longestPattern } from '../_shared/covered-paths.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  plain: 'The location "{{path}}" is no regular expression without "~": "{{sign}}" stands for itself.',
  wildcard: 'The path "{{path}}" of <Location> is no regular expression: "{{sign}}" stands for itself.',
} as const;

export default defineRule({
  meta: {
    summary: 'A location whose path looks like a regular expression, but is compared as written',
    why: 'Without "~" nginx takes a location for a prefix (with "=" for the whole path) in which every sign stands for itself, and httpd knows no more than the wildcards "*", "?" and "[ ]": no request has such a path, and all of them go elsewhere.',
    how: {
      nginx:
        'Write "~" before a regular expression, or a plain prefix without its signs: "location /files/" instead of "location /files/.*".',
      apache: 'Write <LocationMatch> for a regular expression, or a plain path without its signs.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/core.html#location',
    ],
  },
  messages,
  check: { nginx: checkNginx, apache: checkApache },
});

function checkNginx({ report }: RuleContext<typeof messages>): Visitor {
  function check(location: Directive): void {
    const { kind, pattern } = locationMatch(location);
    const modifier = modifiers[kind];
    const sign = signs.exec(pattern)?.[0];
    if (modifier === undefined || sign === undefined || !isModified(location, modifier)) return;
    const last = location.args.at(-1)!;
    const text = isBare.test(pattern) ? mended(pattern, sign, modifier) : undefined;
    const place = { ...placeIn(location, location.args[0]!), end: last.end };
    report({
      message: 'plain',
      at: placeIn(location, last),
      data: { path: pattern, sign },
      ...(text && !hasTwin(location, text) && { fix: { title: `Write "location ${text}"`, edits: [{ place, text }] } }),
    });
  }

  return { directives: { location: check } };
}

/** "<Location ~ pattern>" has a word more. */
function checkApache({ report }: RuleContext<typeof messages>): Visitor {
  return {
    directives: {
      location(section) {
        const [path, ...others] = section.args;
        if (!path || others.length > 0 || !section.block || path.value.length > longestPattern) return;
        const sign = apacheSigns.exec(path.value)?.[0];
        if (sign === undefined) return;
        report({ message: 'wildcard', at: placeIn(section, path), data: { path: path.value, sign } });
      },
    },
  };
}

/** What no path has, and no wildcard: an asterisk behind a period is the name of hidden files. */
const apacheSigns = /^\^|\$$|\.\+|\([^)|]*\|[^)]*\)/;

/** What stands before a path that is compared as written. */
const modifiers: Readonly<Partial<Record<MatchKind, string>>> = { prefix: '', 'prefix-noregex': '^~', exact: '=' };

/** False for `!~`, which nginx refuses, and for a modifier that a template puts in. */
function isModified({ args }: Directive, modifier: string): boolean {
  return args.length < 2 || args[0]!.value === modifier;
}

/** Needs no quotation marks. */
const isBare = /^[^\s;{}"'\\]*(?:\\[.wds/-][^\s;{}"'\\]*)*$/;

/** A final asterisk is that of a file name pattern; all else is meant as a regular expression. */
function mended(pattern: string, sign: string, modifier: string): string {
  if (sign === '*') return `${modifier === '^~' ? '^~ ' : ''}${pattern.slice(0, -1) || '/'}`;
  return `~ ${pattern.startsWith('/') ? '^' : ''}${pattern}`;
}

/** nginx refuses a second location of the same kind and path; a second regular expression would never be asked. */
function hasTwin(location: Directive, text: string): boolean {
  return childrenNamed(location.parent, 'location').some(({ args }) => {
    return args.map(({ value }) => value).join(' ') === text;
  });
}

/** What stands in patterns and in no path: anchors, repeated periods, escapes, ranges, alternatives, a final asterisk. */
const signs =
  /^\^|\$$|\.[*+]|\\[.wdsWDSb/-]|\[(?=[^\]/]*\])\^?[^\]/]*(?:a-[fz]|A-[FZ]|[0-9]-[0-9])[^\]/]*\]|\([^)|]*\|[^)]*\)|\*$/;
