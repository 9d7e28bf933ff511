import type { Listener } from '../../model/model.ts';
import { nginxTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isLoopback } from './_listeners.ts';

export default defineRule({
  meta: {
    summary: 'A public TLS port without HTTP/2',
    why: 'Over HTTP/1.1 browsers open six connections and queue the rest of their requests; with HTTP/2 they need one.',
    how: 'Set "http2 on;" in the servers of the port (before nginx 1.25.1: "listen 443 ssl http2;").',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxTls },
    references: ['https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2'],
  },
  messages: { http1: 'Browsers speak HTTP/1.1 on port 443: "http2" is not on.' },
  check({ report }) {
    function check(listener: Listener): void {
      const { port, tls, http2, http3, directives, virtualHosts } = listener;
      const [at] = directives;
      if (port !== 443 || !tls || http2 || http3 || !at || isLoopback(listener)) return;
      if (virtualHosts.every(({ scope }) => scope.certainty('http2') !== 'unread')) report({ message: 'http1', at });
    }

    return { listener: check };
  },
});
