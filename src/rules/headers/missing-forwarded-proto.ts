import type { Confidence } from '../finding.ts';
import type { VirtualHost } from '../../model/model.ts';
import { colouredBy, headerStance } from '../_shared/applications/header-stance.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { backendName, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { tellsScheme } from '../_shared/client-told.ts';
import { untoldGroups } from './_untold.ts';

const why =
  'The backend sees only the connection from the proxy. Without the scheme it builds http:// links and redirects, sends cookies without Secure, and may redirect in a loop.';

export default defineRule({
  meta: {
    summary: 'A backend is not told whether the client came over HTTPS',
    why,
    how: {
      nginx:
        'Set X-Forwarded-Proto to the scheme of the request, "proxy_set_header X-Forwarded-Proto $scheme;", or Forwarded with proto=.',
      apache:
        'Set X-Forwarded-Proto to the scheme of the request, "RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}", or Forwarded with proto=.',
    },
    whenOff:
      'Where the backend makes no absolute links and no secure cookies, or has its public URL in its own configuration.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto',
      'https://www.rfc-editor.org/rfc/rfc7239',
    ],
  },
  messages: {
    missing:
      'The backend "{{backend}}" is not told the scheme of the client\'s request: neither "X-Forwarded-Proto" nor "Forwarded" is set.',
  },
  check(context) {
    const { model, report } = context;
    const hosts: VirtualHost[] = [];
    let tlsSeen: boolean | undefined;

    function confidenceOf({ backend, virtualHost }: ProxyRoute): Confidence {
      const certain = backend.certainty === 'known' && backend.setBy !== undefined;
      if (virtualHost.overTls !== false) return certain ? 'high' : 'medium';
      // Behind another proxy that ends TLS, what it sent is passed on as it came.
      tlsSeen ??= model.virtualHosts.some(({ overTls }) => overTls === true);
      return tlsSeen ? 'medium' : 'low';
    }

    return {
      virtualHost: (host) => void hosts.push(host),
      async end() {
        const groups = hosts.flatMap((host) => [...untoldGroups(host, tellsScheme)]);
        const sites = groups.length > 0 ? await sitesOf(context) : [];
        for (const [first, ...others] of groups as [ProxyRoute, ...ProxyRoute[]][]) {
          const coloured = colouredBy(headerStance(sites, first, 'x-forwarded-proto'), why);
          if (!coloured) continue;
          report({
            message: 'missing',
            at: first.directive,
            data: { backend: backendName(first.handler.target) },
            confidence: confidenceOf(first),
            related: others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
            ...coloured,
          });
        }
      },
    };
  },
});
