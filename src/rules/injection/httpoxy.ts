import type { Route } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A FastCGI application gets the Proxy header of the client as HTTP_PROXY',
    why: 'Many HTTP libraries take the environment variable HTTP_PROXY for the proxy to use. An old one in a CGI-like application then sends its own requests, with their secrets, through a machine of the attacker (httpoxy).',
    how: 'Clear it beside the other parameters: "fastcgi_param HTTP_PROXY \'\';". Libraries of the last years no longer believe it.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['fastcgi_pass'] },
    references: ['https://httpoxy.org/', 'https://www.cve.org/CVERecord?id=CVE-2016-5385'],
  },
  messages: { passed: 'The FastCGI application gets what a client sends as "Proxy" in "HTTP_PROXY".' },
  check: ({ report }) => ({
    route({ handler, scope }: Route) {
      if (handler.kind !== 'proxy' || handler.protocol !== 'fastcgi') return;
      if (scope.certainty('fastcgi_param') === 'unread') return;
      const clears = scope.effective('fastcgi_param').some(({ args }) => args[0]?.value === 'HTTP_PROXY');
      const drops = isOff(scope, 'fastcgi_pass_request_headers');
      if (!clears && !drops) report({ message: 'passed', at: handler.directive });
    },
  }),
});
