/** What Shiny Server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'shiny-server',
  name: 'Shiny Server',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['shinyserver'], usual: ['shiny'], paths: ['/__sockjs__/'] },
  ports: [{ port: 3838, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/rstudio/shiny-server',
      what: 'lib/main.js, lib/proxy/*.js',
      read: '2026-04-13 89625e0',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/app/__sockjs__/n=1/1/1/websocket'],
      strength: 'degrades',
      proof: 'documented',
      fact: 'SockJS below every application (.../__sockjs__/...), heartbeat every 25 s; falls back to polling transports without Upgrade.',
      symptom: 'application greys out',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: "HTTP/1.0 towards it (nginx's default up to 1.29.6) kills the xhr-streaming transport, so HTTP/1.1.",
      symptom: 'reconnects without end',
      sources: ['code'],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Buffering off for the fallback transports.',
      sources: [],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Prefix stripped, with proxy_redirect for the trailing slash.',
      sources: [],
    },
  ],
};
