/** What RabbitMQ management needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'rabbitmq-management',
  name: 'RabbitMQ management',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['rabbitmq', 'rabbitmqmanagement'], common: ['mq'], otherPaths: ['/api/queues/', '/api/vhosts'] },
  ports: [
    { port: 15672, scheme: 'http' },
    { port: 15671, scheme: 'https' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/rabbitmq/rabbitmq-website',
      what: 'docs/management/index.md',
      read: '2026-08-21 0acf2a42',
    },
    'run, 3.10.8': {
      where: 'RabbitMQ management 3.10.8 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'raw-path',
      path: '/api/queues/%2F/name',
      strength: 'breaks',
      proof: 'played',
      fact: "The default virtual host is %2F in the API's paths: nginx proxy_pass without a URI (with a slash /api/queues/%2F still works, /api/queues/%2F/name gives 404); httpd AllowEncodedSlashes NoDecode, or On together with nocanon (On alone: 404 on names). With NoDecode nocanon is not needed on 2.4.71.",
      symptom: '404 on queues of the virtual host /',
      sources: ['run, 3.10.8'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Prefix through management.path_prefix.',
      sources: [],
    },
  ],
};
