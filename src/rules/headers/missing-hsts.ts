import type { VirtualHost } from '../../model/model.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { hstsHeader } from './_hsts.ts';
import { responseHeaderKeys, responseHeaders } from './_response-headers.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

const messages = {
  missing: 'This virtual host is reached over TLS, but sends no "Strict-Transport-Security" header.',
} as const;

export default defineRule({
  meta: {
    summary: 'A virtual host with TLS that sends no Strict-Transport-Security',
    why: 'Without HSTS a visitor who types the bare name starts on plain HTTP, where the redirect to HTTPS can be intercepted.',
    how: {
      nginx:
        'Write "add_header Strict-Transport-Security max-age=63072000 always;" once HTTPS works for the whole site.',
      apache:
        'Write "Header always set Strict-Transport-Security max-age=63072000" once HTTPS works for the whole site.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://www.rfc-editor.org/rfc/rfc6797',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ virtualHost: (host) => check(context, host, 'nginx') }),
    apache: (context) => ({ virtualHost: (host) => check(context, host, 'apache') }),
  },
});

function check({ report }: RuleContext<typeof messages>, host: VirtualHost, server: 'nginx' | 'apache'): void {
  if (!host.directive || host.overTls !== true || rejects(host)) return;
  if (responseHeaderKeys[server].some((key) => host.scope.certainty(key) !== 'known') || isSent(host, server)) return;
  report({ message: 'missing', at: host.directive });
}

/** Set for the host, or for some of its paths: then somebody has thought of it. */
function isSent(host: VirtualHost, server: 'nginx' | 'apache'): boolean {
  return [host.scope, ...host.routes.map(({ scope }) => scope)].some((scope) =>
    responseHeaders(scope, server).some(({ name }) => name === hstsHeader),
  );
}

/** A host that ends every TLS handshake sends no header at all; third-party modules may send it by themselves. */
function rejects({ scope }: VirtualHost): boolean {
  return ['ssl_reject_handshake', 'security_headers'].some((key) => isOn(scope, key));
}
