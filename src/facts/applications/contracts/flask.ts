/** What Flask needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'flask',
  name: 'Flask',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['flask'] },
  ports: [
    { port: 5000, scheme: 'http' },
    { port: 8000, scheme: 'http' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/pallets/flask',
      what: 'docs/deploying/proxy_fix.rst',
      read: '2026-04-08 2ac89889',
    },
    'run, 2.2.2': {
      where: 'Flask / Werkzeug 2.2.2 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: {
        'X-Forwarded-For': 'append-ip',
        'X-Forwarded-Proto': 'scheme',
        'X-Forwarded-Host': 'client',
        'X-Forwarded-Prefix': 'prefix',
      },
      bySetting: true,
      strength: 'breaks',
      proof: 'played',
      fact: "With ProxyFix, with the number of proxies per header (x_for, x_proto, x_host, x_prefix): a header the proxy does not set must have 0, else the client's own value counts (run: https://evil/evil/ from X-Forwarded-Host and -Prefix). Without ProxyFix the scheme alone still follows X-Forwarded-Proto where gunicorn takes it from loopback.",
      sources: ['run, 2.2.2'],
    },
  ],
};
