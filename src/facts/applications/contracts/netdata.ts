/** What Netdata needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'netdata',
  name: 'Netdata',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['netdata'], common: ['backend'], otherPaths: ['/api/v1/info', '/api/v3/'] },
  ports: [{ port: 19999, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/netdata/netdata',
      what: 'docs/netdata-agent/configuration/running-the-netdata-agent-behind-a-reverse-proxy/Running-behind-{nginx,apache}.md',
      read: '2026-08-22 04b1cf54',
    },
    'run, 1.37.1': {
      where: 'Netdata 1.37.1 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'played',
      fact: 'Prefix stripped; /netdata redirects to /netdata/.',
      sources: ['docs', 'run, 1.37.1'],
    },
    {
      about: 'note',
      strength: 'security',
      proof: 'documented',
      fact: "The Apache example for many hosts takes the backend's name from the URL (ProxyPassMatch ... http://$1:19999/): any host can be reached unless the names are listed, as the page itself says.",
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'recommended',
      proof: 'documented',
      fact: 'HTTP/1.1 with keep-alive.',
      sources: ['docs'],
    },
  ],
};
