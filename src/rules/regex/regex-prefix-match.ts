import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A regular expression that matches what a prefix does',
    why: 'nginx tries regular expressions one by one in the order of the file, and finds a prefix in a tree.',
    how: 'Write "location /path", or "location ^~ /path" where other regular expressions must not come first.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: {
    prefix: 'The pattern "{{pattern}}" matches every path that begins with "{{path}}": "location {{path}}" does, too.',
  },
  check: ({ report }) => ({
    directives: {
      location: (directive) => {
        const { kind, pattern, caseInsensitive } = locationMatch(directive);
        if (kind !== 'regex' || caseInsensitive) return;
        const literal = /^\^(\/(?:[\w/~%@,=-]|\\[./-])*)(?:\.\*\$?)?$/.exec(pattern)?.[1];
        if (literal === undefined) return;
        const data = { pattern, path: literal.replaceAll('\\', '') };
        report({ message: 'prefix', at: placeIn(directive, directive.args.at(-1)!), data });
      },
    },
  }),
});
