/** What configurable-http-proxy needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'configurable-http-proxy',
  name: 'configurable-http-proxy',
  kind: 'component',
  date: '2026-11-30',
  names: { telling: ['configurablehttpproxy'], usual: ['chp'], otherPaths: ['/api/routes'] },
  ports: [
    { port: 8000, scheme: 'http', role: 'public' },
    { port: 8001, scheme: 'http', role: 'REST API, default port = public port + 1, listens on localhost' },
  ],
  sources: {
    readme: {
      where: 'https://github.com/jupyterhub/configurable-http-proxy',
      what: 'README.md, bin/configurable-http-proxy',
      read: '2026-08-20 4bc5891',
    },
    'run, 5.3.0': {
      where:
        'configurable-http-proxy (proxy of JupyterHub) 5.3.0 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'security',
      proof: 'played',
      fact: 'The REST API (default public port + 1) changes the routing table with a token and must not be published; a metrics port, if set, neither.',
      sources: ['readme', 'run, 5.3.0'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'played',
      fact: "Appends its own values to X-Forwarded-For and X-Forwarded-Proto ('https,http': the first is the client's) unless --no-x-forward is given, keeps X-Forwarded-Host when present; Host is passed on unless --change-origin is set.",
      sources: ['readme', 'run, 5.3.0'],
    },
    {
      about: 'headers',
      values: { Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'played',
      fact: 'With --host-routing the route is chosen by Host.',
      symptom: 'the default target answers',
      sources: ['readme', 'run, 5.3.0'],
    },
  ],
};
