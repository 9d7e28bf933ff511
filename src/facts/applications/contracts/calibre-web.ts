/** What Calibre-Web needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'calibre-web',
  name: 'Calibre-Web',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['calibreweb'], common: ['calibre', 'books'], otherPaths: ['/opds', '/kobo/'] },
  ports: [{ port: 8083, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/janeczku/calibre-web',
      what: 'cps/reverseproxy.py',
      read: '2026-08-22 7ec475e1',
    },
    rpa: {
      where: 'https://github.com/janeczku/calibre-web',
      what: 'cps/reverse_proxy_auth.py, cps/config_sql.py',
      read: '2026-08-22 7ec475e1',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Scheme': 'scheme', 'X-Script-Name': 'prefix', Host: 'client-or-name' },
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Scheme for the scheme (X-Forwarded-Proto is not read), X-Script-Name for the prefix, X-Forwarded-Host for the name; from any peer.',
      symptom: 'http:// links',
      sources: ['code'],
    },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'documented',
      fact: 'X-Script-Name with the prefix; the prefix may stay in the path.',
      sources: ['code'],
    },
    {
      about: 'note',
      strength: 'security',
      proof: 'confirmed',
      fact: "With login by reverse proxy header (the header's name is a setting, any name) the newest code drops the header unless the peer is in the list of trusted addresses (127.0.0.1 and ::1 by default; empty drops it always); older releases believe any peer. A proxy on the same host is trusted, so it must set or clear the header.",
      when: 'header login on',
      sources: ['code', 'rpa'],
    },
    {
      about: 'header-buffer',
      usual: 131072,
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Kobo sync needs large proxy buffers (proxy_buffer_size 128k).',
      sources: [],
    },
  ],
};
