/** Applications that can be played, each with its good form and single parts broken. Packages are those of Debian 12 and of npm. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The parts of a config. nginx: `host` Host $http_host, `scheme` X-Forwarded-Proto, `upgrade` the three lines, `body` the size,
 * `slash` a URI in proxy_pass. httpd: ProxyPreserveHost, RequestHeader, upgrade=websocket; bodies have no limit there.
 */
export interface Parts {
  readonly host?: '$http_host' | '$host';
  readonly scheme?: boolean;
  readonly upgrade?: boolean;
  readonly body?: string;
  readonly slash?: boolean;
  /** Where the application stands. */
  readonly prefix?: string;
  /** Paths that are answered with 404. */
  readonly closed?: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly size?: number;
  readonly upgrade?: boolean;
  /** `@COUNT@` is another number each time. */
  readonly form?: string;
  /** The cookie whose value goes into the header X-CSRFToken. */
  readonly token?: string;
  /** A path of the same origin. */
  readonly referer?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Broken {
  readonly name: string;
  /** Left out: that of the application. */
  readonly good?: Parts;
  readonly parts: Parts;
  /** Sent first through the proxy; the cookies of its answer go with the request. */
  readonly login?: Ask;
  readonly ask: Ask;
  /** What is seen when it is broken; in the good form it is not. `origin`: scheme, name and port of the client. */
  readonly symptom: (answer: Answer, origin: string) => boolean;
  readonly rule: string;
  readonly servers?: readonly ('nginx' | 'apache')[];
}

export interface Played {
  readonly id: string;
  readonly packages: string;
  /** Whether it is installed. */
  readonly program: string;
  readonly start: (
    folder: string,
    port: number,
    origin: string,
  ) => { command: readonly string[]; env?: Record<string, string> };
  readonly ready: string;
  /** Sent to the application before the requests. */
  readonly prepare?: Ask;
  readonly good: Parts;
  readonly broken: readonly Broken[];
}

const not = (status: number) => (answer: Answer) => answer.status !== status;
const is = (status: number) => (answer: Answer) => answer.status === status;

function file(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const everything = { host: '$http_host', scheme: true, upgrade: true, body: '0' } as const;
const node = process.execPath;
const modules = process.env['PLAY_NODE_MODULES'] ?? 'node_modules';

export const played: readonly Played[] = [
  {
    id: 'jupyter-server',
    packages: 'jupyter-server python3-ipykernel python3-terminado',
    program: '/usr/bin/jupyter-server',
    start: (folder, port) => ({
      command:
        `/usr/bin/jupyter-server --allow-root --no-browser --ip=127.0.0.1 --port=${port} --ServerApp.token= --ServerApp.disable_check_xsrf=True --ServerApp.allow_remote_access=True --ServerApp.root_dir=${folder}`.split(
          ' ',
        ),
      env: { HOME: folder },
    }),
    ready: '/api',
    prepare: { method: 'POST', path: '/api/terminals' },
    good: everything,
    broken: [
      {
        name: 'no upgrade',
        parts: { ...everything, upgrade: false },
        ask: { path: '/terminals/websocket/1', upgrade: true },
        symptom: not(101),
        rule: 'missing-websocket-upgrade',
      },
      {
        name: '$host',
        parts: { ...everything, host: '$host' },
        ask: { path: '/terminals/websocket/1', upgrade: true },
        symptom: is(403),
        rule: 'application-headers',
        servers: ['nginx'],
      },
      {
        name: 'own Host of the backend',
        parts: { scheme: true, upgrade: true },
        ask: { path: '/terminals/websocket/1', upgrade: true },
        symptom: is(403),
        rule: 'application-headers',
        servers: ['apache'],
      },
      {
        name: 'default body limit',
        parts: { host: '$http_host', scheme: true, upgrade: true },
        ask: { method: 'PUT', path: '/api/contents/a.txt', size: 2_000_000 },
        symptom: is(413),
        rule: 'application-body-size',
        servers: ['nginx'],
      },
    ],
  },
  {
    id: 'cockpit',
    packages: 'cockpit-ws',
    program: '/usr/lib/cockpit/cockpit-ws',
    start(folder, port) {
      file(folder, 'cockpit/cockpit.conf', '[WebService]\nProtocolHeader = X-Forwarded-Proto\n');
      return {
        command: ['/usr/lib/cockpit/cockpit-ws', '--no-tls', '--address=127.0.0.1', `--port=${port}`],
        env: { XDG_CONFIG_DIRS: folder },
      };
    },
    ready: '/ping',
    good: everything,
    broken: [
      {
        name: 'no upgrade',
        parts: { ...everything, upgrade: false },
        ask: { path: '/cockpit/socket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'cockpit1' } },
        symptom: not(101),
        rule: 'missing-websocket-upgrade',
      },
      {
        name: '$host',
        parts: { ...everything, host: '$host' },
        ask: { path: '/cockpit/socket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'cockpit1' } },
        symptom: is(403),
        rule: 'application-headers',
        servers: ['nginx'],
      },
      {
        name: 'no scheme',
        parts: { ...everything, scheme: false },
        ask: { path: '/cockpit/socket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'cockpit1' } },
        symptom: is(403),
        rule: 'missing-forwarded-proto',
      },
    ],
  },
  {
    id: 'node-red',
    packages: 'npm: node-red@4.1.15',
    program: join(modules, 'node-red/red.js'),
    start(folder, port) {
      file(
        folder,
        'settings.js',
        `module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, logging: { console: { level: 'off' } } };`,
      );
      return { command: [node, join(modules, 'node-red/red.js'), '-u', folder, '-s', join(folder, 'settings.js')] };
    },
    ready: '/settings',
    good: everything,
    broken: [
      {
        name: 'no upgrade',
        parts: { ...everything, upgrade: false },
        ask: { path: '/comms', upgrade: true },
        symptom: not(101),
        rule: 'missing-websocket-upgrade',
      },
      {
        name: 'default body limit',
        parts: { host: '$http_host', scheme: true, upgrade: true },
        ask: { method: 'POST', path: '/flows', size: 3_000_000 },
        symptom: is(413),
        rule: 'application-body-size',
        servers: ['nginx'],
      },
    ],
  },
  {
    id: 'docker-registry',
    packages: 'docker-registry',
    program: '/usr/bin/docker-registry',
    start(folder, port) {
      const config = `version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: ${folder}/data\nhttp:\n  addr: 127.0.0.1:${port}\n`;
      return { command: ['/usr/bin/docker-registry', 'serve', file(folder, 'c.yml', config)] };
    },
    ready: '/v2/',
    good: { ...everything, timeout: 900 },
    broken: [
      {
        name: 'no scheme',
        parts: { ...everything, scheme: false },
        ask: { method: 'POST', path: '/v2/a/blobs/uploads/' },
        symptom: ({ headers }, origin) => !String(headers['location']).startsWith(origin),
        rule: 'missing-forwarded-proto',
      },
      {
        name: '$host',
        parts: { ...everything, host: '$host' },
        ask: { method: 'POST', path: '/v2/a/blobs/uploads/' },
        symptom: ({ headers }, origin) => !String(headers['location']).startsWith(origin),
        rule: 'application-headers',
        servers: ['nginx'],
      },
      {
        name: 'default body limit',
        parts: { host: '$http_host', scheme: true, upgrade: true },
        ask: { method: 'PUT', path: '/v2/a/manifests/b', size: 2_000_000 },
        symptom: is(413),
        rule: 'application-body-size',
        servers: ['nginx'],
      },
    ],
  },
  {
    id: 'syncthing',
    packages: 'syncthing',
    program: '/usr/bin/syncthing',
    start: (folder, port) => ({
      command: [
        '/usr/bin/syncthing',
        'serve',
        '--no-browser',
        '--no-restart',
        '--no-upgrade',
        '--no-default-folder',
        '--home',
        folder,
        `--gui-address=127.0.0.1:${port}`,
      ],
      env: { HOME: folder, STNORESTART: '1' },
    }),
    ready: '/rest/noauth/health',
    good: { scheme: true, timeout: 600 },
    broken: [
      {
        name: 'Host of the client',
        parts: { scheme: true, host: '$http_host' },
        ask: { path: '/' },
        symptom: is(403),
        rule: 'application-headers',
      },
      {
        name: 'prefix kept',
        good: { scheme: true, prefix: '/syncthing', slash: true },
        parts: { scheme: true, prefix: '/syncthing' },
        ask: { path: '/syncthing/' },
        symptom: not(200),
        rule: 'application-path',
      },
    ],
  },
  {
    id: 'influxdb',
    packages: 'influxdb',
    program: '/usr/bin/influxd',
    start(folder, port) {
      const config = `reporting-disabled = true\nbind-address = "127.0.0.1:0"\n[meta]\n  dir = "${folder}/meta"\n[data]\n  dir = "${folder}/data"\n  wal-dir = "${folder}/wal"\n[http]\n  bind-address = "127.0.0.1:${port}"\n  log-enabled = false\n`;
      return { command: ['/usr/bin/influxd', '-config', file(folder, 'i.conf', config)] };
    },
    ready: '/ping',
    good: { ...everything, closed: ['/debug/'] },
    broken: [
      {
        name: 'default body limit',
        parts: { host: '$http_host', scheme: true, closed: ['/debug/'] },
        ask: { method: 'POST', path: '/write?db=a', size: 2_400_000 },
        symptom: is(413),
        rule: 'application-body-size',
        servers: ['nginx'],
      },
      {
        name: 'debug open',
        parts: everything,
        ask: { path: '/debug/pprof/cmdline' },
        symptom: is(200),
        rule: 'application-exposure',
      },
    ],
  },
  {
    id: 'netdata',
    packages: 'netdata-core netdata-web',
    program: '/usr/sbin/netdata',
    start(folder, port) {
      const config = `[global]\n  run as user = root\n[directories]\n  lib = ${folder}/lib\n  cache = ${folder}/cache\n  log = ${folder}/log\n[db]\n  mode = ram\n[web]\n  bind to = 127.0.0.1:${port}\n  web files owner = root\n  web files group = root\n[plugins]\n  apps = no\n  python.d = no\n  go.d = no\n  charts.d = no\n  tc = no\n  cgroups = no\n  enable running new plugins = no\n`;
      for (const name of ['lib', 'cache', 'log']) mkdirSync(join(folder, name), { recursive: true });
      return { command: ['/usr/sbin/netdata', '-D', '-c', file(folder, 'n.conf', config), '-P', join(folder, 'pid')] };
    },
    ready: '/api/v1/info',
    good: { ...everything, prefix: '/netdata', slash: true },
    broken: [
      {
        name: 'prefix kept',
        parts: { ...everything, prefix: '/netdata' },
        ask: { path: '/netdata/api/v1/info' },
        symptom: not(200),
        rule: 'application-path',
      },
    ],
  },
  {
    id: 'socket.io',
    packages: 'npm: socket.io@4.8.4',
    program: join(modules, 'socket.io/package.json'),
    start(folder, port) {
      const path = JSON.stringify(resolve(modules, 'socket.io'));
      const script = `const { Server } = require(${path}); const http = require('http').createServer((q, r) => r.end('ok')); new Server(http); http.listen(${port}, '127.0.0.1');`;
      return { command: [node, file(folder, 's.cjs', script)] };
    },
    ready: '/',
    good: everything,
    broken: [
      {
        name: 'no upgrade',
        parts: { ...everything, upgrade: false },
        ask: { path: '/socket.io/?EIO=4&transport=websocket', upgrade: true },
        symptom: not(101),
        rule: 'missing-websocket-upgrade',
      },
    ],
  },
  {
    id: 'configurable-http-proxy',
    packages: 'npm: configurable-http-proxy@5.3.0',
    program: join(modules, 'configurable-http-proxy/bin/configurable-http-proxy'),
    start: (_, port) => ({
      command: [
        node,
        join(modules, 'configurable-http-proxy/bin/configurable-http-proxy'),
        '--ip',
        '127.0.0.1',
        '--port',
        `${port}`,
        '--api-ip',
        '127.0.0.1',
        '--api-port',
        `${port + 1}`,
      ],
      env: { CONFIGPROXY_AUTH_TOKEN: 't' },
    }),
    ready: '/_chp_healthz',
    good: everything,
    broken: [],
  },
  {
    id: 'prometheus',
    packages: 'prometheus',
    program: '/usr/bin/prometheus',
    start: (folder, port) => ({
      command: [
        '/usr/bin/prometheus',
        `--config.file=${file(folder, 'p.yml', 'scrape_configs: []\n')}`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
      ],
    }),
    ready: '/-/ready',
    good: { ...everything, closed: ['/-/', '/api/v1/admin/'] },
    broken: [
      {
        name: 'reload open',
        parts: everything,
        ask: { method: 'POST', path: '/-/reload' },
        symptom: is(200),
        rule: 'application-exposure',
      },
    ],
  },
  {
    id: 'transmission',
    packages: 'transmission-daemon',
    program: '/usr/bin/transmission-daemon',
    start: (folder, port) => ({
      command:
        `/usr/bin/transmission-daemon -f -g ${folder} -w ${folder} -p ${port} -r 127.0.0.1 -a 127.0.0.1 -T -M -O -i 127.0.0.1`.split(
          ' ',
        ),
    }),
    ready: '/transmission/web/',
    good: { scheme: true },
    broken: [],
  },
  {
    id: 'prosody',
    packages: 'prosody',
    program: '/usr/bin/prosody',
    start(folder, port) {
      const config = `run_as_root = true\npidfile = "${folder}/prosody.pid"\ndata_path = "${folder}"\nc2s_ports = {}\ns2s_ports = {}\nhttp_ports = { ${port} }\nhttps_ports = {}\nhttp_interfaces = { "127.0.0.1" }\nmodules_enabled = { "bosh", "websocket" }\nlog = { error = "${folder}/log" }\nVirtualHost "app.example"\n`;
      return { command: ['/usr/bin/prosody', '--config', file(folder, 'p.lua', config)] };
    },
    ready: '/http-bind',
    good: { ...everything, timeout: 900 },
    broken: [
      {
        name: 'no upgrade',
        parts: { ...everything, timeout: 900, upgrade: false },
        ask: { path: '/xmpp-websocket', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'xmpp' } },
        symptom: not(101),
        rule: 'missing-websocket-upgrade',
        // nginx passes the 101 of Prosody on, and the connection ends with the first frame.
        servers: ['apache'],
      },
    ],
  },
  {
    id: 'jupyterhub',
    packages: 'jupyterhub, npm: configurable-http-proxy@5.3.0',
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
  },
  {
    id: 'django',
    packages: 'python3-django gunicorn',
    program: '/usr/bin/gunicorn',
    start(folder, port) {
      file(
        folder,
        'app.py',
        `from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
settings.configure(SECRET_KEY='x', ALLOWED_HOSTS=['app.example', '127.0.0.1'], ROOT_URLCONF='app', SECURE_PROXY_SSL_HEADER=('HTTP_X_FORWARDED_PROTO', 'https'),
    MIDDLEWARE=['django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware'])
def page(request):
    get_token(request)
    return HttpResponse('ok')
urlpatterns = [path('', page)]
application = get_wsgi_application()
`,
      );
      return { command: ['/usr/bin/gunicorn', '-b', `127.0.0.1:${port}`, '--chdir', folder, 'app:application'] };
    },
    ready: '/',
    good: everything,
    broken: [
      {
        name: '$host',
        parts: { ...everything, host: '$host' },
        login: { path: '/' },
        ask: { method: 'POST', path: '/', token: 'csrftoken', referer: '/' },
        symptom: is(403),
        rule: 'application-headers',
        servers: ['nginx'],
      },
    ],
  },
];
