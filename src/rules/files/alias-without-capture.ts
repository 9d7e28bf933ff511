import { hasTemplateMark } from '../../text/template/placeholder.ts';
import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  directory:
    'Each request that "{{pattern}}" matches gets the directory "{{path}}" itself: nothing of its path is added to it.',
} as const;

export default defineRule({
  meta: {
    summary: 'An alias by a regular expression that leads all paths to one directory',
    why: 'Behind a regular expression the server adds nothing to the path of the alias. Without a group in it, a request for a file is redirected to its own path with a slash behind, again and again, or gets 403 or 404.',
    how: {
      nginx:
        'Capture what is meant and add it, "location ~ ^/img/(.*)$ { alias /srv/img/$1; }", or use a plain prefix: "location /img/".',
      apache: 'Capture what is meant and add it, "AliasMatch ^/img/(.*)$ /srv/img/$1", or use "Alias".',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#aliasmatch',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({
      directives: {
        alias(directive) {
          const location = enclosing(directive);
          if (location?.key !== 'location') return;
          const { kind, pattern } = locationMatch(location);
          if (kind === 'regex') check(context, directive, pattern, directive.args[0]);
        },
      },
    }),
    apache(context) {
      const visit = (directive: Directive): void => {
        const [pattern, path] = directive.args;
        if (pattern) check(context, directive, pattern.value, path);
      };
      return { directives: { aliasmatch: visit, scriptaliasmatch: visit } };
    },
  },
});

function check(
  { report }: Pick<RuleContext<typeof messages>, 'report'>,
  directive: Directive,
  pattern: string,
  path: Word | undefined,
): void {
  if (!path?.value.endsWith('/') || /[$%]/.test(path.value) || hasTemplateMark(path.value)) return;
  if (!takesManyPaths(pattern)) return;
  report({ message: 'directory', at: placeIn(directive, path), data: { pattern, path: path.value } });
}

/** False for `^/docs/?$`, which is the directory itself. */
function takesManyPaths(pattern: string): boolean {
  return !pattern.endsWith('$') || /[.\])\w][*+]|\{\d/.test(pattern);
}
