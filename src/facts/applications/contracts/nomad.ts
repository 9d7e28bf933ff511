/** What HashiCorp Nomad needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'nomad',
  name: 'HashiCorp Nomad',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['nomadws'], usual: ['nomad'], otherPaths: ['/ui/jobs', '/v1/jobs', '/v1/event/stream'] },
  ports: [{ port: 4646, scheme: 'http' }],
  sources: {},
  needs: [
    {
      about: 'timeout',
      paths: ['/'],
      least: 310,
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Blocking queries: proxy_read_timeout above 5 minutes (vendor 319s).',
      sources: [],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'proxy_buffering off for logs and events.',
      sources: [],
    },
    {
      about: 'websocket',
      paths: ['/v1/client/allocation/1/exec'],
      strength: 'degrades',
      proof: 'recalled',
      fact: "exec: Upgrade, and Origin set to the backend's scheme://host.",
      sources: [],
    },
    {
      about: 'headers',
      values: { Origin: 'backend' },
      strength: 'degrades',
      proof: 'recalled',
      fact: "exec: Upgrade, and Origin set to the backend's scheme://host.",
      sources: [],
    },
  ],
};
