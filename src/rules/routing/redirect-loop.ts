import type { Directive } from '../../syntax/tree.ts';
import { apacheLoops } from './_apache-redirect-loop.ts';
import { nginxLoops, type Loop } from './_nginx-redirect-loop.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  loops: 'The redirect of "{{from}}" to "{{to}}" leads back here: the client is redirected without end.',
} as const;

export default defineRule({
  meta: {
    summary: 'A redirect whose target is redirected again, without end',
    why: 'The browser gives up with "too many redirects", and nobody gets to see the page.',
    how: 'Redirect to a host, scheme or path that another server or location answers; for HTTPS put the redirect into a server of its own for port 80.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const reportLoop = reporter(context);
      return { virtualHost: (host) => nginxLoops(host, context.model, context.config.complete).forEach(reportLoop) };
    },
    apache(context) {
      const reportLoop = reporter(context);
      return { virtualHost: (host) => apacheLoops(host).forEach(reportLoop) };
    },
  },
});

function reporter({ report }: RuleContext<typeof messages>): (loop: Loop) => void {
  const seen = new Set<Directive>();
  return ({ directive, from, to }) => {
    if (seen.has(directive)) return;
    seen.add(directive);
    const witness = `curl -i -L --max-redirs 10 -k '${from}'`;
    report({ message: 'loops', at: directive, data: { from, to }, witness });
  };
}
