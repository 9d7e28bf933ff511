/** What Home Assistant needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'home-assistant',
  name: 'Home Assistant',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['homeassistant'],
    usual: ['hass'],
    common: ['home', 'ha'],
    paths: ['/api/websocket'],
    otherPaths: ['/lovelace', '/auth/token'],
  },
  ports: [{ port: 8123, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/home-assistant/home-assistant.io',
      what: 'source/_integrations/http.markdown',
      read: 'one stored version, date not shown (commit 01c9ab90)',
    },
    code: {
      where: 'https://github.com/home-assistant/core',
      what: 'homeassistant/components/http/forwarded.py',
      read: 'one stored version, date not shown (commit 037e2923)',
    },
    ws: {
      where: 'https://github.com/home-assistant/core',
      what: 'homeassistant/components/websocket_api/http.py',
      read: 'one stored version, date not shown (commit 019d9c64)',
    },
    wsc: {
      where: 'https://github.com/home-assistant/core',
      what: 'homeassistant/components/websocket_api/const.py',
      read: 'one stored version, date not shown (commit 0a3891bc)',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'confirmed',
      fact: "A request with X-Forwarded-For is answered 400 unless use_x_forwarded_for is on and the peer is in trusted_proxies (default: none). Apache's mod_proxy sends the header by default (ProxyAddHeaders On), so Apache needs this setting.",
      symptom: '400: Bad Request right after the first access',
      sources: ['code', 'docs'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-Proto may have one element or as many as X-Forwarded-For; another number, an empty element or an empty X-Forwarded-Host is 400. Leaving the header out is no error.',
      symptom: '400 behind two proxies',
      sources: ['code'],
    },
    {
      about: 'not-needed',
      what: ['x-forwarded-proto'],
      strength: 'recommended',
      proof: 'documented',
      fact: 'Leaving X-Forwarded-Proto out is no error; URLs are made from the settings.',
      sources: ['code'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip' },
      strength: 'degrades',
      proof: 'documented',
      fact: 'X-Forwarded-Proto and -Host are ignored altogether when X-Forwarded-For is missing.',
      sources: ['code'],
    },
    {
      about: 'websocket',
      paths: ['/api/websocket'],
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Front end talks over the WebSocket API; server pings every 55 s, so 60 s of read timeout is just enough.',
      symptom: "'Unable to connect to Home Assistant' after login",
      sources: ['ws', 'wsc'],
    },
    {
      about: 'websocket',
      paths: ['/api/hassio_ingress/1/ws'],
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Ingress of add-ons and camera streams use other paths than /api/websocket, so upgrade for all of /.',
      sources: [],
    },
    {
      about: 'sub-path',
      prefix: 'impossible',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Cannot be served below a sub path.',
      sources: [],
    },
  ],
};
