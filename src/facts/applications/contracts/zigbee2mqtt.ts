/** What Zigbee2MQTT needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'zigbee2mqtt',
  name: 'Zigbee2MQTT',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['zigbee2mqtt', 'z2m'], otherPaths: ['/api'] },
  ports: [{ port: 8080, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/Koenkk/zigbee2mqtt.io',
      what: 'docs/guide/configuration/frontend.md',
      read: 'one stored version, date not shown (commit 0c6af320 (2021 or later))',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/api'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/api is the WebSocket.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Basic authentication of the proxy breaks the WebSocket in Safari and on iOS; use auth_token.',
      sources: ['docs'],
    },
  ],
};
