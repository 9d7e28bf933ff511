/** What Navidrome needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'navidrome',
  name: 'Navidrome',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['navidrome'], common: ['music'], otherPaths: ['/app/', '/rest/', '/share/'] },
  ports: [{ port: 4533, scheme: 'http' }],
  sources: {
    docs: {
      where: 'https://github.com/navidrome/website',
      what: 'content/en/docs/getting-started/extauth-quickstart.md, usage/admin/security.md, usage/configuration/options.md',
      read: '2026-08-21 751651d',
    },
  },
  needs: [
    {
      about: 'trusted-header',
      names: ['Remote-User'],
      strength: 'security',
      proof: 'documented',
      fact: 'With ExtAuth.TrustedSources Remote-User logs in; it must be set or cleared on every path, also on those that bypass authentication (/rest/, /share/).',
      sources: ['docs'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      fact: "/share/ must be open; /rest/ (Subsonic clients) usually bypasses the proxy's login.",
      sources: ['docs'],
    },
  ],
};
