/** What Transmission needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'transmission',
  name: 'Transmission',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['transmission'], paths: ['/transmission/rpc', '/transmission/web'] },
  ports: [{ port: 9091, scheme: 'http' }],
  sources: {
    spec: {
      where: 'https://github.com/transmission/transmission',
      what: 'docs/rpc-spec.md, docs/Editing-Configuration-Files.md',
      read: '2026-08-22 85fc9d91',
    },
    'run, 3.00': {
      where: 'Transmission (web UI, RPC) 3.00 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'note',
      strength: 'breaks',
      proof: 'played',
      fact: "On /transmission/rpc Host must be localhost, an IP address or in rpc-host-whitelist (port ignored); /transmission/web/ answers any Host, so the page loads but its calls fail. The backend's Host (127.0.0.1) always works.",
      symptom: '421 Misdirected Request',
      when: 'public name is in rpc-host-whitelist',
      sources: ['run, 3.00'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'played',
      fact: 'X-Transmission-Session-Id must pass in both directions, and the 409 answer must not be intercepted (proxy_intercept_errors, error_page 409).',
      symptom: 'every call is answered 409 again; httpd ProxyErrorOverride On drops the header too',
      sources: ['spec', 'run, 3.00'],
    },
    {
      about: 'not-needed',
      what: ['host'],
      strength: 'recommended',
      proof: 'played',
      fact: "The Host of the backend (an address or localhost) is always taken; the client's only where rpc-host-whitelist names it.",
      sources: ['run, 3.00'],
    },
  ],
};
