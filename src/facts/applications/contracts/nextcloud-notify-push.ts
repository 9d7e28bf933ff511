/** What Nextcloud notify_push needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'nextcloud-notify-push',
  name: 'Nextcloud notify_push',
  kind: 'component',
  date: '2026-11-30',
  names: { telling: ['notifypush', 'nextcloudnotifypush'], otherPaths: ['/push/'] },
  ports: [{ port: 7867, scheme: 'http' }],
  sources: {
    readme: { where: 'https://github.com/nextcloud/notify_push', what: 'README.md', read: '2026-08-18 b2a7420' },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: 'location ^~ /push/ with proxy_pass ...:7867/ : both trailing slashes are required (the prefix is stripped).',
      symptom: 'occ notify_push:setup fails',
      sources: ['readme'],
    },
    {
      about: 'websocket',
      paths: ['/push/ws'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'WebSocket at /push/ws; in Apache a ProxyPass /push/ws ws://.../ws must stand before the one for /push/.',
      sources: ['readme'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Forwarded-For is needed: its self-test reports a push server that is not a trusted proxy.',
      sources: ['readme'],
    },
  ],
};
