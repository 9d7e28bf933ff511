/** What code-server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'code-server',
  name: 'code-server',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['codeserver', 'vscodeserver'],
    usual: ['vscode'],
    common: ['code'],
    otherPaths: ['/stable-', '/proxy/', '/absproxy/', '/vscode-remote-resource'],
  },
  ports: [
    { port: 8080, scheme: 'http' },
    { port: 8443, scheme: 'http', role: 'linuxserver image' },
  ],
  sources: {
    guide: { where: 'https://github.com/coder/code-server', what: 'docs/guide.md', read: '2026-08-20 88c2b743' },
    code: {
      where: 'https://github.com/coder/code-server',
      what: 'src/node/http.ts; origin check added 2023-03-03 (#6048)',
      read: '2026-08-20 88c2b743',
    },
    'run, 4.139.1': {
      where: 'code-server 4.139.1 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'client' },
      orBy: { Host: ['Forwarded', 'X-Forwarded-Host'] },
      strength: 'breaks',
      proof: 'played',
      fact: "WebSockets are refused when Origin's host:port differs from, in this order, Forwarded host=, the first X-Forwarded-Host, Host. $host drops a non-default port, $http_host keeps it; a client-sent X-Forwarded-Host that the proxy passes on wins over Host.",
      symptom: '403 on the WebSocket, close with status code 1006',
      when: "X-Forwarded-Host with the client's name does not arrive (Apache's mod_proxy sends it by itself)",
      versions: '>=4.10.1',
      sources: ['code', 'run, 4.139.1'],
    },
    {
      about: 'websocket',
      paths: ['/stable-1'],
      strength: 'breaks',
      proof: 'played',
      fact: 'Upgrade for all of /.',
      symptom: '404 or 302 on the WebSocket',
      sources: ['guide', 'run, 4.139.1'],
    },
    {
      about: 'sub-path',
      prefix: 'removed',
      strength: 'breaks',
      proof: 'played',
      fact: 'Prefix is stripped (all links are relative); the location needs a trailing slash.',
      symptom: '404 with the prefix kept',
      sources: ['guide', 'run, 4.139.1'],
    },
    {
      about: 'note',
      strength: 'degrades',
      proof: 'documented',
      when: 'code-server serves ports on names of their own',
      fact: '--proxy-domain chooses ports by Host (8080.domain).',
      sources: ['guide'],
    },
  ],
};
