/** What Jitsi Meet needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'jitsi-meet',
  name: 'Jitsi Meet',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['jitsi', 'jitsiweb', 'jitsimeet'],
    common: ['meet'],
    paths: ['/colibri-ws'],
    otherPaths: ['/xmpp-websocket', '/http-bind', '/config.js'],
  },
  ports: [
    { port: 8000, scheme: 'http', role: 'docker web HTTP' },
    { port: 8443, scheme: 'https', role: 'docker web HTTPS, self-signed by default' },
    { port: 5280, scheme: 'http', role: 'prosody in the Debian packages' },
  ],
  sources: {
    docker: {
      where: 'https://github.com/jitsi/handbook',
      what: 'docs/devops-guide/docker.md',
      read: '2026-07-20 39ea5530',
    },
    deb: {
      where: 'https://github.com/jitsi/jitsi-meet',
      what: 'doc/debian/jitsi-meet/jitsi-meet.example',
      read: 'one stored version, date not shown (commit 06635518)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/xmpp-websocket', '/colibri-ws'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/xmpp-websocket and /colibri-ws; both by prefix.',
      symptom: "'You have been disconnected', no bridge channel",
      when: 'docker setup with its WebSockets on (ENABLE_XMPP_WEBSOCKET, ENABLE_COLIBRI_WEBSOCKET; the default)',
      sources: ['docker'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'The nginx sample passes $request_uri (path and query as sent) at the two WebSocket paths.',
      sources: ['docker'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 900,
      strength: 'degrades',
      proof: 'documented',
      fact: 'Apache ProxyTimeout 900.',
      sources: ['docker'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Proxy to HTTP (8000) with DISABLE_HTTPS=1 or to 8443 without verification; PUBLIC_URL must be the public https URL.',
      sources: ['docker'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-For': 'client-ip' },
      paths: ['/http-bind'],
      strength: 'degrades',
      proof: 'documented',
      fact: '/http-bind (BOSH): Host and X-Forwarded-For; Debian: to Prosody on 5280.',
      sources: ['deb'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'Debian: tcp_nodelay on at /xmpp-websocket.',
      sources: ['deb'],
    },
    {
      about: 'note',
      strength: 'security',
      proof: 'documented',
      fact: 'ENABLE_COLIBRI_WEBSOCKET_UNSAFE_REGEX lets the web container connect to any internal address.',
      sources: ['docker'],
    },
  ],
};
