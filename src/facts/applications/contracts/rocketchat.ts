/** What Rocket.Chat needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'rocketchat',
  name: 'Rocket.Chat',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['rocketchat'],
    common: ['chat', 'rocket', 'backend'],
    otherPaths: ['/websocket', '/sockjs/', '/file-upload/', '/avatar/'],
  },
  ports: [{ port: 3000, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/RocketChat/docs',
      what: 'setup-and-configure/environment-configuration/configuring-ssl-reverse-proxy.md, deploy/.../running-multiple-instances.md',
      read: '2024-06-27 22db3da',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/websocket'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'Upgrade for all of / (Meteor DDP).',
      symptom: 'loading dots for ever',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name', 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme' },
      bySetting: true,
      strength: 'degrades',
      proof: 'documented',
      fact: 'HTTP_FORWARDED_COUNT must be the number of proxies, else rate limits hit all; ROOT_URL is the public https URL without a port.',
      sources: ['docs'],
    },
    {
      about: 'body-size',
      paths: ['/'],
      least: 209715200,
      strength: 'breaks',
      proof: 'documented',
      fact: 'Vendor 200M.',
      sources: ['docs'],
    },
  ],
};
