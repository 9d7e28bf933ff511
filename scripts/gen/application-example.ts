/** A virtual host for nginx and one for httpd that fulfil the contract of an application: what its page shows. Tested to have no finding. */
import type { Application, HeaderValue, Need } from '../../src/facts/applications/types.ts';
import { holdsFor, type Holds } from '../../src/facts/applications/versions.ts';

/** What the example has to do, taken together from all items for new versions. */
interface Wanted {
  readonly headers: ReadonlyMap<string, HeaderValue>;
  readonly upgrade: 'websocket' | 'any' | undefined;
  readonly bodySize: number | undefined;
  readonly timeout: number | undefined;
  readonly headerBuffer: number | undefined;
  readonly streamsAnswers: boolean;
  readonly streamsUploads: boolean;
  readonly closed: readonly string[];
  readonly ports: ReadonlyMap<string, number>;
  readonly plain: readonly string[];
  readonly raw: boolean;
}

type Of<About extends Need['about']> = Extract<Need, { about: About }>;

function wantedOf({ needs }: Application): Wanted {
  const all = <About extends Need['about']>(about: About, least: Holds = 'maybe'): Of<About>[] =>
    needs.filter(
      (need): need is Of<About> => need.about === about && [least, 'yes'].includes(holdsFor(need.versions, undefined)),
    );
  const sizes = all('body-size').map(({ least }) => least);
  const buffering = all('buffering').filter(({ strength }) => strength !== 'recommended');
  const headers = all('headers').filter(({ paths }) => !paths);
  return {
    headers: new Map(headers.flatMap(({ values }) => Object.entries(values))),
    upgrade: all('websocket').some(({ protocol }) => protocol)
      ? 'any'
      : all('websocket').length > 0
        ? 'websocket'
        : undefined,
    bodySize: sizes.length === 0 ? undefined : sizes.includes(0) ? 0 : Math.max(...sizes),
    timeout: largest(all('timeout').map(({ least }) => least)),
    headerBuffer: largest(all('header-buffer').map(({ usual }) => usual)),
    streamsAnswers: buffering.some(({ response }) => response === 'streamed'),
    streamsUploads: buffering.some(({ request }) => request === 'streamed'),
    closed: all('private').flatMap(({ degree, when, paths }) => (degree === 'closed' && !when ? paths : [])),
    ports: new Map(all('port', 'yes').flatMap(({ paths, port }) => paths.map((path) => [path, port] as const))),
    plain: all('well-known').flatMap(({ scheme, when, paths }) => (scheme === 'http' && !when ? paths : [])),
    raw: all('raw-path').length > 0,
  };
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

const nginxValues: Readonly<Record<HeaderValue, string | undefined>> = {
  client: '$http_host',
  'client-or-name': '$host',
  'client-port': '$server_port',
  'client-ip': '$remote_addr',
  'append-ip': '$proxy_add_x_forwarded_for',
  scheme: '$scheme',
  'request-uri': '$request_uri',
  'request-method': '$request_method',
  'absolute-url': '$scheme://$http_host',
  prefix: undefined,
  backend: undefined,
  absent: undefined,
};

const apacheValues: Readonly<Partial<Record<HeaderValue, string>>> = {
  scheme: 'expr=%{REQUEST_SCHEME}',
  'client-ip': 'expr=%{REMOTE_ADDR}',
  'client-port': 'expr=%{SERVER_PORT}',
  'request-uri': 'expr=%{REQUEST_URI}',
  'absolute-url': 'expr=%{REQUEST_SCHEME}://%{HTTP_HOST}',
};

interface Backend {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly plainPort: number;
}

/** The main port, over TLS where it speaks nothing else. */
function backendOf({ ports, needs }: Application): Backend {
  const wrong = new Set(needs.flatMap((need) => (need.about === 'wrong-port' ? [need.port] : [])));
  const web = ports.filter((each) => /^https?$/.test(each.scheme) && !wrong.has(each.port));
  const fixed = web.find(({ scheme, fixed }) => scheme === 'https' && fixed);
  const plain = web.find(({ scheme }) => scheme === 'http');
  const main = (plain && fixed && plain.fixed ? fixed : (plain ?? web[0])) ?? { scheme: 'http', port: 8080 };
  return { scheme: main.scheme as Backend['scheme'], port: main.port, plainPort: plain?.port ?? main.port };
}

const size = (bytes: number): string => (bytes === 0 ? '0' : `${Math.ceil(bytes / 1024 ** 2)}m`);

export function nginxExample(application: Application): string {
  const wanted = wantedOf(application);
  const { scheme, port, plainPort } = backendOf(application);
  const name = `${application.names.telling[0] ?? application.id.replace(/\W/g, '')}.example.org`;
  const headers = [...wanted.headers].flatMap(([header, value]) =>
    nginxValues[value] === undefined ? [] : [`proxy_set_header ${header} ${nginxValues[value]};`],
  );
  const missing = wanted.headers.has('Host') || isLeftToBackend(application) ? [] : ['proxy_set_header Host $host;'];
  const lines = [
    `# proxylint-application: ${application.id}`,
    ...(wanted.upgrade
      ? ['map $http_upgrade $connection_upgrade {', '    default upgrade;', "    ''      close;", '}']
      : []),
    ...plainServer(name, wanted.plain, `http://127.0.0.1:${plainPort}`),
    'server {',
    '    listen 443 ssl;',
    `    server_name ${name};`,
    '    ssl_certificate     /etc/ssl/site.pem;',
    '    ssl_certificate_key /etc/ssl/site.key;',
    ...indent([
      ...(wanted.bodySize === undefined ? [] : [`client_max_body_size ${size(wanted.bodySize)};`]),
      ...(wanted.timeout === undefined ? [] : [`proxy_read_timeout ${wanted.timeout}s;`]),
      ...(wanted.headerBuffer === undefined
        ? []
        : [`proxy_buffer_size ${wanted.headerBuffer / 1024}k;`, `proxy_buffers 8 ${wanted.headerBuffer / 1024}k;`]),
      ...(wanted.streamsAnswers ? ['proxy_buffering off;'] : []),
      ...(wanted.streamsUploads ? ['proxy_request_buffering off;'] : []),
      'proxy_http_version 1.1;',
      ...missing,
      ...headers,
      ...(wanted.headers.has('X-Forwarded-Proto') ? [] : ['proxy_set_header X-Forwarded-Proto $scheme;']),
      ...(wanted.headers.has('X-Forwarded-For') ? [] : ['proxy_set_header X-Forwarded-For $remote_addr;']),
      ...(wanted.upgrade
        ? ['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection $connection_upgrade;']
        : ['proxy_set_header Connection "";']),
      ...wanted.closed.flatMap((path) => [`location ${path} {`, '    return 404;', '}']),
      ...[...wanted.ports].flatMap(([path, other]) => [
        `location ${path} {`,
        `    proxy_pass http://127.0.0.1:${other};`,
        '}',
      ]),
      'location / {',
      `    proxy_pass ${scheme}://127.0.0.1:${port};`,
      '}',
    ]),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** The name of the backend is the right one. */
function isLeftToBackend({ needs }: Application): boolean {
  return needs.some(
    (need) =>
      (need.about === 'headers' && need.values['Host'] === 'backend') ||
      (need.about === 'not-needed' && need.what.includes('host')),
  );
}

function plainServer(name: string, paths: readonly string[], target: string): string[] {
  if (paths.length === 0) return [];
  const locations = paths.flatMap((path) => [
    `location ${path.replace(/[^/]*$/, '')} {`,
    `    proxy_pass ${target};`,
    '    proxy_set_header Host $host;',
    '}',
  ]);
  return [
    'server {',
    '    listen 80;',
    `    server_name ${name};`,
    ...indent([...locations, 'location / {', '    return 301 https://$host$request_uri;', '}']),
    '}',
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

export function apacheExample(application: Application): string {
  const wanted = wantedOf(application);
  const { scheme, port, plainPort } = backendOf(application);
  const name = `${application.names.telling[0] ?? application.id.replace(/\W/g, '')}.example.org`;
  const headers = [...wanted.headers].flatMap(([header, value]) =>
    apacheValues[value] === undefined || /^X-Forwarded-For$/i.test(header)
      ? []
      : [`RequestHeader set ${header} ${quoted(apacheValues[value])}`],
  );
  const options = [
    ...(wanted.raw ? ['nocanon'] : []),
    ...(wanted.upgrade ? [`upgrade=${wanted.upgrade}`] : []),
    ...(wanted.timeout === undefined ? [] : [`timeout=${wanted.timeout}`]),
  ];
  const pass = (path: string, target: string): string => ['ProxyPass', path, target, ...options].join(' ');
  const plain = wanted.plain.map((path) => path.replace(/[^/]*$/, ''));
  return `${[
    `# proxylint-application: ${application.id}`,
    ...(plain.length === 0
      ? []
      : [
          '<VirtualHost *:80>',
          ...indent([
            `ServerName ${name}`,
            'ProxyPreserveHost On',
            ...plain.map((path) => `ProxyPass ${path} http://127.0.0.1:${plainPort}${path}`),
            `RedirectMatch permanent "^/(?!\\.well-known/)(.*)" https://${name}/$1`,
          ]),
          '</VirtualHost>',
        ]),
    '<VirtualHost *:443>',
    ...indent([
      `ServerName ${name}`,
      'SSLEngine on',
      'SSLCertificateFile /etc/ssl/site.pem',
      'SSLCertificateKeyFile /etc/ssl/site.key',
      ...(scheme === 'https' ? ['SSLProxyEngine on', 'SSLProxyCheckPeerName off'] : []),
      ...(isLeftToBackend(application) ? [] : ['ProxyPreserveHost On']),
      ...(wanted.raw ? ['AllowEncodedSlashes NoDecode'] : []),
      ...headers,
      ...(wanted.headers.has('X-Forwarded-Proto')
        ? []
        : ['RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}']),
      ...wanted.closed.map((path) => `ProxyPass ${path} !`),
      ...[...wanted.ports].map(([path, other]) => pass(path, `http://127.0.0.1:${other}${path}`)),
      pass('/', `${scheme}://127.0.0.1:${port}/`),
      `ProxyPassReverse / ${scheme}://127.0.0.1:${port}/`,
    ]),
    '</VirtualHost>',
  ].join('\n')}\n`;
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}
