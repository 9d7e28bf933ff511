import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

const messages = {
  off: '"{{directive}}" is off: a rule for "/admin" does not match a request for "//admin".',
  patterns: '"{{directive}}" is off: a pattern such as "^/app/admin" does not match a request for "/app//admin".',
} as const;

export default defineRule({
  meta: {
    summary: 'Adjacent slashes in request paths are not merged',
    why: 'A request for /app//admin no longer matches rules written for /app/admin (in httpd only where they are patterns), while backends and file systems usually take both for the same.',
    how: 'Leave merging on, unless the application needs paths with empty segments; then match them in every access rule.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#merge_slashes',
      'https://httpd.apache.org/docs/2.4/mod/core.html#mergeslashes',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ directives: { merge_slashes: (directive) => check(context, directive, 'off') } }),
    // httpd merges slashes at the begin of a path, and for plain paths (<Location>, Alias, Redirect, ProxyPass), all the same.
    apache: (context) => ({ directives: { mergeslashes: (directive) => check(context, directive, 'patterns') } }),
  },
});

function check(
  { dialect, report }: RuleContext<typeof messages>,
  directive: Directive,
  message: keyof typeof messages,
): void {
  const [value] = directive.args;
  if (!value || !settingsOf(dialect).isOff(directive)) return;
  report({
    message,
    at: placeIn(directive, value),
    data: { directive: directive.name.value },
    witness: "curl --path-as-is 'http://host/app//admin'",
  });
}
