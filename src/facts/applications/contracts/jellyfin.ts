/** What Jellyfin needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'jellyfin',
  name: 'Jellyfin',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['jellyfin'], otherPaths: ['/socket', '/web/'] },
  ports: [
    { port: 8096, scheme: 'http' },
    { port: 8920, scheme: 'https', role: 'own TLS', fixed: true },
  ],
  sources: {
    docs: {
      where: 'https://github.com/jellyfin/jellyfin.org',
      what: 'docs/general/post-install/networking/8_reverse-proxy/{index,nginx,apache}.md',
      read: '2026-08-22 04dc6a60',
    },
    mw: {
      where: 'https://github.com/jellyfin/jellyfin',
      what: 'Jellyfin.Api/Middleware/WebSocketHandlerMiddleware.cs',
      read: 'one stored version, date not shown (commit 656a0bff)',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/socket'],
      strength: 'degrades',
      proof: 'documented',
      fact: '/socket.',
      sources: ['docs'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'documented',
      fact: 'proxy_buffering off, for streams.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme', 'X-Forwarded-Host': 'client' },
      bySetting: true,
      strength: 'security',
      proof: 'documented',
      fact: "X-Forwarded-For, -Proto and -Host are dropped unless the peer is in Known Proxies (none by default); then every client has the proxy's, local, address and limits for remote access do not apply.",
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'security',
      proof: 'documented',
      fact: 'Clients put api_key or ApiKey in the query: access logs with the full request keep secrets.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 20971520,
      strength: 'degrades',
      proof: 'documented',
      fact: 'Vendor sample 20M.',
      sources: ['docs'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'Base URL is set in the application and kept by the proxy.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'confirmed',
      fact: "The vendor's rewrite sends every WebSocket to ws://...:8096/socket/$1, so a request for /socket becomes /socket/socket. Harmless: Jellyfin takes a WebSocket request at any path (the middleware does not look at it).",
      sources: ['docs', 'mw'],
    },
  ],
};
