/** What Cockpit needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'cockpit',
  name: 'Cockpit',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['cockpitws', 'cockpitproject'], usual: ['cockpit'] },
  ports: [
    {
      port: 9090,
      scheme: 'https',
      role: 'self-signed; also answers plain HTTP with a redirect, except from localhost',
    },
  ],
  sources: {
    man: {
      where: 'https://github.com/cockpit-project/cockpit',
      what: 'doc/modules/man/pages/cockpit.conf.5.adoc',
      read: '2026-08-20 233b1c17',
    },
    code: {
      where: 'https://github.com/cockpit-project/cockpit',
      what: 'src/ws/cockpitwebservice.c',
      read: '2026-08-20 233b1c17',
    },
    'run, 287.1': {
      where: 'Cockpit 287.1 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'played',
      fact: "WebSocket from another origin is refused. Without Origins the only one allowed is scheme://Host of the request, so Host must be the client's and the scheme right (https backend or ProtocolHeader). With Origins set (scheme, host, port, wildcards) only that list counts and Host does not matter.",
      symptom: '403 on /cockpit/socket, login page comes again',
      when: 'Origins is not set in cockpit.conf',
      sources: ['man', 'code', 'run, 287.1'],
    },
    {
      about: 'headers',
      values: { 'X-Forwarded-Proto': 'scheme' },
      bySetting: true,
      strength: 'breaks',
      proof: 'played',
      fact: 'Behind https ProtocolHeader = X-Forwarded-Proto is needed in cockpit.conf together with the header (or Origins, or --for-tls-proxy): the expected origin is http:// otherwise and the WebSocket gets 403. The setting alone without the header, and the header alone without the setting, both fail. ForwardedForHeader = X-Forwarded-For for the address; none by default; the proxy must overwrite.',
      symptom: '403 on /cockpit/socket, login page comes again',
      sources: ['run, 287.1'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'played',
      fact: 'UrlRoot, prefix kept; /cockpit/ and /cockpit+... cannot be used.',
      symptom: '404 with the prefix stripped',
      sources: ['man', 'run, 287.1'],
    },
    {
      about: 'websocket',
      paths: ['/cockpit/socket'],
      strength: 'breaks',
      proof: 'played',
      fact: '/cockpit/socket is a WebSocket (400 without Upgrade); buffering off and gzip off are in the samples.',
      sources: ['run, 287.1'],
    },
  ],
};
