import { isExclusion, isListedPass, PrefixTable } from '../_shared/proxy-pass.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPass that no request reaches, because an earlier one takes its path',
    why: 'Apache tries ProxyPass directives in the order of the file and stops at the first whose path is a prefix of the request, so a longer path after a shorter one is never used.',
    how: 'Put the longer paths first.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass'],
  },
  messages: {
    shadowed: 'No request reaches "{{directive}} {{path}}": "{{earlier}}" comes first and takes these requests.',
  },
  check({ report }) {
    return {
      virtualHost({ routes }) {
        const earlier = new PrefixTable();
        for (const route of routes) {
          if (!isListedPass(route)) continue;
          const { directive, match } = route;
          const winner =
            match.kind === 'prefix' && !isExclusion(route) ? earlier.covering(match.pattern, directive) : undefined;
          if (winner) {
            report({
              message: 'shadowed',
              at: directive,
              data: {
                directive: directive.name.value,
                path: match.pattern,
                earlier: `${winner.directive.name.value} ${winner.match.pattern}`,
              },
              related: [{ at: winner.directive, message: 'takes the requests' }],
            });
          }
          earlier.add(route);
        }
      },
    };
  },
});
