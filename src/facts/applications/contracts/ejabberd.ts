/** What ejabberd needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'ejabberd',
  name: 'ejabberd',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['ejabberd'],
    common: ['xmpp'],
    otherPaths: ['/bosh', '/websocket', '/ws', '/upload', '/api', '/admin'],
  },
  ports: [
    { port: 5280, scheme: 'http', role: 'HTTP' },
    { port: 5443, scheme: 'https', role: 'HTTPS' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/processone/docs.ejabberd.im',
      what: 'content/admin/configuration/{listen,modules,toplevel}.md',
      read: '2026-07-31 bcdaded3',
    },
    'run, 23.01': {
      where: 'ejabberd 23.01 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/websocket', '/bosh'],
      strength: 'breaks',
      proof: 'played',
      fact: 'Paths are chosen in request_handlers; the manual uses /websocket (ejabberd_http_ws) and /bosh (mod_bosh).',
      symptom:
        'without Upgrade the WebSocket path answers 200 with a text page; httpd: also when the ws:// line stands after ProxyPass /',
      sources: ['docs', 'run, 23.01'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'X-Forwarded-For counts only from the top-level option trusted_proxies.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'mod_http_upload: default put_url is https://HOST:5443/upload; its size limit must fit in the proxy.',
      sources: ['docs'],
    },
    {
      about: 'private',
      paths: ['/admin', '/api'],
      degree: 'restricted',
      strength: 'security',
      proof: 'played',
      fact: 'Web admin and the command API (/api) are on the same listener as BOSH in many setups.',
      sources: ['docs', 'run, 23.01'],
    },
  ],
};
