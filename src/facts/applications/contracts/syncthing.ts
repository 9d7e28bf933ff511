/** What Syncthing needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'syncthing',
  name: 'Syncthing',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['syncthing'], otherPaths: ['/rest/events'] },
  ports: [{ port: 8384, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/syncthing/docs',
      what: 'users/reverseproxy.rst, users/config.rst, rest/events-get.rst',
      read: '2026-07-23 766daa6',
    },
    'run, 1.19.2': {
      where: 'Syncthing 1.19.2 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'backend' },
      strength: 'breaks',
      proof: 'played',
      fact: "With the GUI bound to localhost Host must look like localhost, so the client's Host gives an error, unless insecureSkipHostcheck is on. The page's nginx example sends $host, its Caddy example the upstream's.",
      symptom: '403 Host check error',
      when: 'GUI bound to localhost and insecureSkipHostcheck off',
      sources: ['docs', 'run, 1.19.2'],
    },
    {
      about: 'timeout',
      paths: ['/rest/events'],
      least: 70,
      strength: 'degrades',
      proof: 'played',
      fact: '/rest/events is long polling: 600 s in the sample.',
      symptom: 'headers come at once, so a short timeout gives 200 with a cut body, not 504',
      sources: ['docs', 'run, 1.19.2'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'played',
      fact: 'Prefix stripped, slash at the end.',
      symptom: '404 with the prefix kept',
      sources: ['docs', 'run, 1.19.2'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      strength: 'recommended',
      proof: 'documented',
      fact: 'X-Forwarded-Proto.',
      sources: ['docs'],
    },
  ],
};
