import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A regular expression that matches one path only',
    why: 'nginx tries regular expressions one by one in the order of the file, and finds an exact path at once.',
    how: 'Write "location = /path".',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: {
    exact: 'The pattern "{{pattern}}" matches the path "{{path}}" only: "location = {{path}}" does that without it.',
  },
  check: ({ report }) => ({
    directives: {
      location: (directive) => {
        const { kind, pattern, caseInsensitive } = locationMatch(directive);
        if (kind !== 'regex' || caseInsensitive) return;
        const literal = /^\^(\/(?:[\w/%~@,=-]|\\[./-])*)\$$/.exec(pattern)?.[1];
        if (literal === undefined) return;
        const path = literal.replaceAll('\\', '');
        if (!mayBeExact(directive, path)) return;
        const first = directive.args[0]!;
        const last = directive.args.at(-1)!;
        const place = { ...placeIn(directive, first), end: last.end };
        report({
          message: 'exact',
          at: place,
          data: { pattern, path },
          fix: { title: 'Use an exact location', edits: [{ place, text: `= ${path}` }] },
        });
      },
    },
  }),
});

/** nginx refuses an exact location twice, and one that lies outside of the location around it. */
function mayBeExact(directive: Directive, path: string): boolean {
  const around = enclosing(directive);
  if (around?.key === 'location') {
    const { kind, pattern } = locationMatch(around);
    if (!kind.startsWith('prefix') || !path.startsWith(pattern)) return false;
  }
  return !childrenNamed(directive.parent, 'location').some((sibling) => {
    const { kind, pattern } = locationMatch(sibling);
    return kind === 'exact' && pattern === path;
  });
}
