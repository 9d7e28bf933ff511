import type { Listener } from '../../model/model.ts';
import { apacheTls, nginxTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isLoopback } from './_listeners.ts';

export default defineRule({
  meta: {
    summary: 'A public TLS port without HTTP/2',
    why: 'Over HTTP/1.1 browsers open six connections and queue the rest of their requests; with HTTP/2 they need one.',
    how: {
      nginx: 'Set "http2 on;" in the servers of the port (before nginx 1.25.1: "listen 443 ssl http2;").',
      apache: 'Load mod_http2 (with the MPM event or worker), and write "Protocols h2 http/1.1".',
    },
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxTls, apache: apacheTls },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2',
      'https://httpd.apache.org/docs/2.4/mod/core.html#protocols',
    ],
  },
  messages: {
    http1: 'Browsers speak HTTP/1.1 on port 443: "http2" is not on.',
    protocols: 'Browsers speak HTTP/1.1 on port 443: "Protocols" does not name "h2".',
  },
  check: {
    nginx: ({ report }) => ({
      listener(listener) {
        if (lacksHttp2(listener, 'http2')) report({ message: 'http1', at: listener.directives[0]! });
      },
    }),
    apache: ({ report }) => ({
      listener(listener) {
        const { virtualHosts, directives } = listener;
        // What a piece of a config leaves out, the files of the package around it may set.
        const isSaid = virtualHosts.every(({ scope }) => {
          return scope.effective('protocols').length > 0 || scope.certainty('protocols') === 'known';
        });
        if (isSaid && lacksHttp2(listener, 'protocols')) report({ message: 'protocols', at: directives[0]! });
      },
    }),
  },
});

function lacksHttp2(listener: Listener, setting: string): boolean {
  const { port, tls, http2, http3, directives, virtualHosts } = listener;
  if (port !== 443 || !tls || http2 || http3 || directives.length === 0 || isLoopback(listener)) return false;
  return virtualHosts.every(({ scope }) => scope.certainty(setting) !== 'unread');
}
