import { resolve } from 'node:path';

import type { Played } from '../types.ts';
import { everything, file, is, modules, node } from '../parts.ts';

export const played: Played = {
  id: 'jupyterhub',
  packages: 'jupyterhub, npm: configurable-http-proxy@5.3.0',
  isInCi: false,
  program: '/usr/bin/jupyterhub',
  start(folder, port) {
    const proxy = resolve(modules, 'configurable-http-proxy/bin/configurable-http-proxy');
    const config = [
      `c.JupyterHub.bind_url = 'http://127.0.0.1:${port}'`,
      `c.JupyterHub.hub_bind_url = 'http://127.0.0.1:${port + 2}'`,
      `c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:${port + 3}'`,
      `c.ConfigurableHTTPProxy.command = ['${node}', '${proxy}']`,
      `c.JupyterHub.authenticator_class = 'dummy'`,
      `c.JupyterHub.spawner_class = 'simple'`,
      `c.JupyterHub.db_url = 'sqlite:///${folder}/hub.sqlite'`,
      `c.JupyterHub.cookie_secret_file = '${folder}/secret'`,
    ];
    return { command: ['/usr/bin/jupyterhub', '-f', file(folder, 'c.py', `${config.join('\n')}\n`)] };
  },
  ready: '/hub/login',
  good: everything,
  broken: (
    [
      ['no scheme', { ...everything, scheme: false }, 'missing-forwarded-proto', undefined],
      ['$host', { ...everything, host: '$host' }, 'application-headers', ['nginx']],
      ['Host of the backend', { scheme: true, upgrade: true, body: '0' }, 'missing-host-header', ['nginx']],
      ['Host of the backend', { scheme: true, upgrade: true }, 'application-headers', ['apache']],
    ] as const
  ).map(([name, parts, rule, servers]) => ({
    name,
    parts,
    login: { method: 'POST', path: '/hub/login', form: 'username=user@COUNT@&password=b' },
    ask: { path: '/hub/api/user', referer: '/hub/home' },
    symptom: is(403),
    rule,
    ...(servers && { servers }),
  })),
};
