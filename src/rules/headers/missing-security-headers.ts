import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { responseHeaderKeys, responseHeaders } from './_response-headers.ts';

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
  messages: { missing: 'This virtual host does not send {{headers}}.' },
  check({ dialect, options, report }) {
    if (dialect === 'sslh') return {};
    const wanted = options['headers'] as readonly string[];
    const keys = responseHeaderKeys[dialect];

    return {
      virtualHost(host) {
        const redirectsAll =
          host.routes.length > 0 &&
          host.routes.every(
            ({ handler }) => handler.kind !== 'proxy' && handler.kind !== 'static' && handler.kind !== 'unknown',
          );
        if (!host.directive || redirectsAll) return;
        if (keys.some((key) => host.scope.certainty(key) === 'unread')) return;
        const sent = new Set(responseHeaders(host.scope, dialect).map(({ name }) => name));
        // A policy about who may frame the page takes the place of the older header.
        if (sent.has('content-security-policy')) sent.add('x-frame-options');
        const missing = wanted.filter((name) => !sent.has(name.toLowerCase()));
        if (missing.length === 0) return;
        const headers = listOf(missing.map((name) => `"${name}"`));
        report({ message: 'missing', at: host.directive, data: { headers } });
      },
    };
  },
});
