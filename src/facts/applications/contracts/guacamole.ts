/** What Apache Guacamole needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'guacamole',
  name: 'Apache Guacamole',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['guacamole'],
    usual: ['guac'],
    paths: ['/guacamole/'],
    otherPaths: ['/websocket-tunnel', '/tunnel'],
  },
  ports: [{ port: 8080, scheme: 'http', role: 'Tomcat, context /guacamole/' }],
  sources: {
    docs: {
      where: 'https://github.com/apache/guacamole-manual',
      what: 'src/reverse-proxy.md',
      read: '2026-03-03 1a7f3af',
    },
  },
  needs: [
    {
      about: 'buffering',
      paths: ['/guacamole/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'proxy_buffering off (Apache: flushpackets=on): the HTTP tunnel streams.',
      symptom: 'connections hang',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/guacamole/websocket-tunnel'],
      strength: 'degrades',
      proof: 'documented',
      fact: '/guacamole/websocket-tunnel; without it falls back to the HTTP tunnel. Never over AJP.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Same path on both sides, or proxy_pass .../guacamole/ from another location.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 1073741824,
      strength: 'degrades',
      proof: 'documented',
      fact: 'File transfer: 1g in the manual.',
      symptom: "'permission denied' on upload",
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: "Tomcat's RemoteIpValve must name the proxy (IPv4 and IPv6).",
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'access_log off in the sample, as the tunnel makes very many requests.',
      sources: ['docs'],
    },
  ],
};
