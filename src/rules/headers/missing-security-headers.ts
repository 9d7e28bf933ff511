import { listOf } from '../../text/words.ts';
import type { VirtualHost } from '../../model/model.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { responseHeaderKeys, responseHeaders } from './_response-headers.ts';

const messages = { missing: 'This virtual host does not send {{headers}}.' } as const;

export default defineRule({
  meta: {
    summary: 'A virtual host that does not send the security headers it should',
    why: 'Headers such as X-Content-Type-Options or Content-Security-Policy switch protections of the browser on. An application may send them by itself, so this is a matter of your own rules.',
    how: 'Send the headers on the level of the virtual host, with "always", or take those out of the list that do not suit the site.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'optional',
    references: [
      'https://owasp.org/www-project-secure-headers/',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Headers',
    ],
    options: {
      headers: {
        type: 'array',
        items: { type: 'string' },
        uniqueItems: true,
        default: ['X-Content-Type-Options', 'X-Frame-Options', 'Referrer-Policy'],
        description: 'The names of the headers that every virtual host has to send.',
      },
    },
  },
  messages,
  check: {
    nginx: (context) => ({ virtualHost: (host) => check(context, host, 'nginx') }),
    apache: (context) => ({ virtualHost: (host) => check(context, host, 'apache') }),
  },
});

interface Wanted {
  readonly headers: readonly string[];
}

function check(
  { options, report }: RuleContext<typeof messages, Wanted>,
  { directive, routes, scope }: VirtualHost,
  server: 'nginx' | 'apache',
): void {
  const redirectsAll =
    routes.length > 0 &&
    routes.every(({ handler }) => handler.kind !== 'proxy' && handler.kind !== 'static' && handler.kind !== 'unknown');
  if (!directive || redirectsAll) return;
  if (responseHeaderKeys[server].some((key) => scope.certainty(key) === 'unread')) return;
  const sent = new Set(responseHeaders(scope, server).map(({ name }) => name));
  // A policy about who may frame the page takes the place of the older header.
  if (sent.has('content-security-policy')) sent.add('x-frame-options');
  const missing = options.headers.filter((name) => !sent.has(name.toLowerCase()));
  if (missing.length === 0) return;
  const headers = listOf(missing.map((name) => `"${name}"`));
  report({ message: 'missing', at: directive, data: { headers } });
}
