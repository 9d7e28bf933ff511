/** What Prosody needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'prosody',
  name: 'Prosody',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['prosody'],
    common: ['xmpp', 'conference', 'upload'],
    otherPaths: ['/http-bind', '/xmpp-websocket', '/file_share/', '/upload'],
  },
  ports: [
    { port: 5280, scheme: 'http', role: 'HTTP, since 0.12 on loopback only' },
    { port: 5281, scheme: 'https', role: 'HTTPS' },
    { port: 5222, scheme: 'tcp', role: 'c2s' },
    { port: 5223, scheme: 'tls', role: 'c2s direct TLS' },
    { port: 5269, scheme: 'tcp', role: 's2s' },
  ],
  sources: {
    code: {
      where: 'https://github.com/bjc/prosody (mirror of the Mercurial repository)',
      what: 'plugins/mod_http.lua, plugins/mod_http_file_share.lua, plugins/mod_bosh.lua, plugins/mod_websocket.lua, net/http/parser.lua',
      read: '2025-05-13 f14f1b33',
    },
    site: { where: 'https://prosody.im/doc/http', read: 'stored copy, date not shown' },
    'run, 0.12.3': {
      where: 'Prosody 0.12.3 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      paths: ['/file_share', '/upload'],
      strength: 'breaks',
      proof: 'played',
      fact: "HTTP modules of a virtual host or component (http_file_share and others) are chosen by Host; unknown names get 404 'Unknown host' unless http_default_host is set. Modules enabled globally (bosh, websocket in the first modules_enabled) answer any Host: run with the backend's Host, BOSH and WebSocket worked, PUT /file_share got 404.",
      symptom: '404 Unknown host',
      sources: ['run, 0.12.3'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'client-ip', 'X-Forwarded-Proto': 'scheme' },
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Forwarded-For and X-Forwarded-Proto are believed only from trusted_proxies (default 127.0.0.1 and ::1). Without X-Forwarded-Proto: https a BOSH or WebSocket session counts as insecure (consider_bosh_secure, consider_websocket_secure override).',
      symptom: "https: BOSH answers stream features without mechanisms, WebSocket 'No stream features to proceed with'",
      sources: ['code', 'run, 0.12.3'],
    },
    {
      about: 'websocket',
      paths: ['/xmpp-websocket', '/http-bind'],
      strength: 'breaks',
      proof: 'played',
      fact: '/xmpp-websocket is a WebSocket, /http-bind is BOSH long polling.',
      symptom:
        'without Upgrade nginx passes 101 (Prosody looks at Sec-WebSocket-Key only) and the connection ends at once; httpd 502',
      sources: ['code', 'run, 0.12.3'],
    },
    {
      about: 'timeout',
      paths: ['/xmpp-websocket', '/http-bind'],
      least: 900,
      strength: 'breaks',
      proof: 'played',
      fact: '/xmpp-websocket is a WebSocket, /http-bind is BOSH long polling.',
      symptom:
        'without Upgrade nginx passes 101 (Prosody looks at Sec-WebSocket-Key only) and the connection ends at once; httpd 502',
      sources: ['code', 'run, 0.12.3'],
    },
    {
      about: 'body-size',
      paths: ['/file_share', '/upload'],
      least: 10485760,
      strength: 'degrades',
      proof: 'documented',
      fact: 'HTTP body limit 10 MB by default (http_max_content_size); mod_http_file_share 10 MB per file by default.',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'Since 0.12 the plain port 5280 listens on 127.0.0.1 and ::1 only, 5281 on all interfaces.',
      versions: '>=0.12.0',
      sources: ['site'],
    },
  ],
};
