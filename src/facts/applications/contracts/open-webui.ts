/** What Open WebUI needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'open-webui',
  name: 'Open WebUI',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['openwebui'],
    common: ['chat', 'ai', 'webui'],
    otherPaths: ['/ws/socket.io/', '/api/chat/completions'],
  },
  ports: [
    { port: 8080, scheme: 'http', role: 'container' },
    { port: 3000, scheme: 'http', role: 'usual host port' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/open-webui/docs',
      what: 'docs/reference/https/nginx.md, docs/reference/tab-nginx/*.md',
      read: '2026-08-20 1eea3847',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/ws/', '/socket.io/'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/ws/socket.io; HTTP/1.1 to the backend also where clients use HTTP/2; CORS_ALLOW_ORIGIN must have the public origin. The server pings every 25 s (WEBSOCKET_SERVER_PING_INTERVAL), so 60 s of read timeout is enough for the channel; the sample has 86400.',
      sources: ['docs'],
    },
    {
      about: 'buffering',
      paths: ['/api/'],
      response: 'streamed',
      strength: 'breaks',
      proof: 'documented',
      fact: 'proxy_buffering off, proxy_cache off, no gzip for the streams: buffered chunks garble the answer.',
      symptom: 'missing words, visible ** and ##',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-Proto': 'scheme' },
      paths: ['/ws/', '/socket.io/'],
      strength: 'degrades',
      proof: 'documented',
      fact: "The vendor's long nginx sample has faults to learn from: its WebSocket location sets Upgrade and Connection only, so Host, X-Forwarded-* of other levels do not reach it; X-Accel-Buffering is sent to the browser by add_header, where it does nothing; proxy_cache_valid stands without proxy_cache; proxy_connect_timeout 86400.",
      sources: ['docs'],
    },
    {
      about: 'timeout',
      paths: ['/api/'],
      least: 600,
      strength: 'degrades',
      proof: 'documented',
      fact: '1800 s for /api/, 86400 s for the WebSocket.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 20971520,
      strength: 'degrades',
      proof: 'documented',
      fact: '20M to 100M.',
      sources: ['docs'],
    },
  ],
};
