import { unknown } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite rule proxies to a fixed backend',
    why: 'Requests of a RewriteRule with [P] share no pool of connections unless a worker is defined for the URL, and its parameters (timeout, keepalive) cannot be set.',
    how: 'Use ProxyPass, or ProxyPassMatch for a pattern.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { apache: ['rewriterule'] },
    references: [
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#workers',
    ],
  },
  messages: {
    fixed:
      '"{{backend}}" is always the same backend: "ProxyPass" keeps its connections, "RewriteRule" with [P] does not.',
  },
  check: ({ model, report }) => ({
    route({ handler, directive, conditions }) {
      if (handler.kind !== 'proxy' || directive.key !== 'rewriterule' || conditions.length > 0) return;
      const { host, scheme, word } = handler.target;
      if (host === unknown || scheme === unknown || /[$%]/.test(host)) return;
      const { pathAndQuery } = readUrl(word.value);
      const origin = word.value.slice(0, pathAndQuery.start);
      if (
        model.virtualHosts.some((each) =>
          each.scope.effective('proxy').some(({ args }) => args[0]?.value.startsWith(origin)),
        )
      )
        return;
      report({ message: 'fixed', at: directive, data: { backend: origin } });
    },
  }),
});
