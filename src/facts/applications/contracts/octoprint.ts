/** What OctoPrint needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'octoprint',
  name: 'OctoPrint',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['octoprint'], otherPaths: ['/sockjs/', '/webcam/', '/plugin/'] },
  ports: [
    { port: 5000, scheme: 'http' },
    { port: 8080, scheme: 'http', role: 'webcam' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/OctoPrint/OctoPrint',
      what: 'docs/configuration/config_yaml.rst, src/octoprint/schema/config/*.py, src/octoprint/server/__init__.py',
      read: '2026-06-29 744c8359',
    },
    code: {
      where: 'https://github.com/OctoPrint/OctoPrint',
      what: 'src/octoprint/server/util/{flask,tornado}.py',
      read: '2026-06-29 744c8359',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/sockjs/'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/sockjs/....',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      orBy: { Host: ['X-Forwarded-Host'] },
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Scheme is read from X-Scheme (server.reverseProxy.schemeHeader); where that is missing the web server below it also takes X-Forwarded-Proto (last entry): one of the two is enough. Prefix from X-Script-Name (below a path only), host from X-Forwarded-Host or else Host.',
      symptom: 'http:// links, logout',
      when: 'X-Forwarded-Host is not sent',
      sources: ['docs', 'code'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      strength: 'security',
      proof: 'documented',
      fact: 'Autologin for local networks uses X-Forwarded-For: without it everybody behind the proxy is local.',
      sources: ['docs'],
    },
    {
      about: 'trusted-header',
      names: ['REMOTE_USER', 'Remote-User'],
      strength: 'security',
      proof: 'documented',
      fact: 'trustRemoteUser with remoteUserHeader.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 0,
      strength: 'breaks',
      proof: 'recalled',
      fact: 'client_max_body_size 0 for G-code.',
      sources: [],
    },
  ],
};
