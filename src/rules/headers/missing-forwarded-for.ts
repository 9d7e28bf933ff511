import { unknown } from '../../model/model.ts';
import { backendName, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { receivesOrLost, untoldGroups } from './_untold.ts';

export default defineRule({
  meta: {
    summary: "A backend is not told the client's address",
    why: 'The backend sees only the address of the proxy: its logs, rate limits and access rules treat all clients as one.',
    how: {
      nginx:
        'Set X-Forwarded-For ("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"), X-Real-IP or Forwarded.',
      apache: 'Remove "ProxyAddHeaders Off", so that Apache sets X-Forwarded-For, or set X-Real-IP or Forwarded.',
    },
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
  check({ report }) {
    return {
      virtualHost(host) {
        for (const [first, ...others] of untoldGroups(host, tellsAddress)) {
          const { certainty, setBy } = first!.backend;
          report({
            message: 'missing',
            at: first!.directive,
            data: { backend: backendName(first!.handler.target) },
            confidence: certainty === 'known' && setBy !== undefined ? 'high' : 'medium',
            related: others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
          });
        }
      },
    };
  },
});

const addressHeaders = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip', 'true-client-ip'];

/** nginx's and httpd's names of the client's address. */
const address = /\$\{?(?:proxy_add_x_forwarded_for|(?:binary_|realip_|proxy_protocol_)?(?:remote_)?addr)\b|REMOTE_ADDR/;

function tellsAddress(route: ProxyRoute): boolean {
  if (receivesOrLost(route, addressHeaders)) return true;
  for (const { value } of route.backend.headers.values()) if (value !== unknown && address.test(value)) return true;
  return false;
}
