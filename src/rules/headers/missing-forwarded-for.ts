import { colouredBy, headerStance } from '../_shared/applications/header-stance.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { backendName, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { tellsAddress } from '../_shared/client-told.ts';
import { untoldGroups } from './_untold.ts';

const why =
  'The backend sees only the address of the proxy: its logs, rate limits and access rules treat all clients as one.';

export default defineRule({
  meta: {
    summary: "A backend is not told the client's address",
    why,
    how: {
      nginx:
        'Set X-Forwarded-For ("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"), X-Real-IP or Forwarded.',
      apache: 'Remove "ProxyAddHeaders Off", so that Apache sets X-Forwarded-For, or set X-Real-IP or Forwarded.',
    },
    whenOff: 'Where the backend has no use for the address of the client, or is told it by the PROXY protocol.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For',
      'https://www.rfc-editor.org/rfc/rfc7239',
    ],
  },
  messages: {
    missing:
      'The backend "{{backend}}" is not told the client\'s address: neither "X-Forwarded-For" nor "X-Real-IP" nor "Forwarded" is set.',
  },
  check(context) {
    const groups: (readonly ProxyRoute[])[] = [];
    return {
      virtualHost: (host) => void groups.push(...untoldGroups(host, tellsAddress)),
      async end() {
        const sites = groups.length > 0 ? await sitesOf(context) : [];
        for (const [first, ...others] of groups) {
          const coloured = colouredBy(headerStance(sites, first!, 'x-forwarded-for'), why);
          if (!coloured) continue;
          const { certainty, setBy } = first!.backend;
          context.report({
            message: 'missing',
            at: first!.directive,
            data: { backend: backendName(first!.handler.target) },
            confidence: certainty === 'known' && setBy !== undefined ? 'high' : 'medium',
            related: others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
            ...coloured,
          });
        }
      },
    };
  },
});
