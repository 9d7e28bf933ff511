/** What RStudio Server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'rstudio-server',
  name: 'RStudio Server',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['rstudio', 'rstudioserver'],
    usual: ['positworkbench'],
    common: ['workbench'],
    otherPaths: ['/auth-sign-in', '/s/'],
  },
  ports: [{ port: 8787, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://docs.posit.co/ide/server-pro/access_and_security/running_with_a_proxy.html',
      read: 'stored copy, excerpt only',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/s/1/p/1/websocket'],
      strength: 'breaks',
      proof: 'documented',
      fact: 'WebSockets have to be forwarded.',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: 'Default port 8787, or 443 with https when ssl-enabled=1.',
      sources: ['docs'],
    },
    {
      about: 'headers',
      values: { 'X-RStudio-Root-Path': 'prefix' },
      strength: 'breaks',
      proof: 'recalled',
      fact: 'X-RStudio-Root-Path with the prefix (or www-root-path), prefix stripped by rewrite.',
      symptom: 'redirect to /auth-sign-in at the root',
      sources: [],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'recalled',
      fact: 'X-RStudio-Root-Path with the prefix (or www-root-path), prefix stripped by rewrite.',
      symptom: 'redirect to /auth-sign-in at the root',
      sources: [],
    },
    {
      about: 'headers',
      values: { Host: 'client', 'X-RStudio-Request': 'absolute-url' },
      strength: 'breaks',
      proof: 'recalled',
      fact: 'Host with port ($host:$server_port) or X-RStudio-Request with the absolute URL; otherwise redirects lose port or scheme and the origin check fails.',
      sources: [],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Vendor examples have proxy_read_timeout 20d.',
      sources: [],
    },
  ],
};
