import { unknown } from '../../ir/model.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The backend gets a decoded and normalised path',
    why: 'With a path in proxy_pass, nginx decodes %2F and the like, resolves "../", and encodes anew: the backend sees another path than the client wrote, and paths with encoded slashes break.',
    how: 'Leave the path out of proxy_pass where the backend must see the request as it came.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  messages: {
    normalised: '"{{url}}" has the path "{{path}}", so the backend gets the rest of the path decoded and normalised.',
  },
  check: ({ report }) => ({
    route({ handler, match, preemptedBy, directive }) {
      if (
        handler.kind !== 'proxy' ||
        handler.directive.key !== 'proxy_pass' ||
        preemptedBy ||
        directive.key !== 'location'
      )
        return;
      const { path, word } = handler.target;
      // An exact location has no rest, and with variables the URL is sent as it is written.
      if (!path || path === unknown || !match.kind.startsWith('prefix') || word.value.includes('$')) return;
      report({
        message: 'normalised',
        at: handler.directive,
        data: { url: word.value, path },
        witness: `curl --path-as-is 'http://host${/^[\w/.-]*$/.test(match.pattern) ? match.pattern : '/'}a%2Fb'`,
      });
    },
  }),
});
