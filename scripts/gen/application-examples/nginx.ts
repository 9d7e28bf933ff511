/** A virtual host of nginx that fulfils the contract of an application: what its page shows. Tested to have no finding. */
import type { Application, HeaderValue } from '../../../src/facts/applications/types.ts';
import { indent, wantedOf, type ExampleOptions, type Wanted } from './wanted.ts';

const values: Readonly<Record<HeaderValue, string | undefined>> = {
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

export function nginxExample(application: Application, options: ExampleOptions = {}): string {
  const wanted = wantedOf(application, options);
  const { told, name, listen, base, keptBase, scheme, port, plainPort } = wanted;
  const lines = [
    told,
    ...(wanted.upgrade
      ? ['map $http_upgrade $connection_upgrade {', '    default upgrade;', "    ''      close;", '}']
      : []),
    ...plainServer(name, wanted.plain, `http://127.0.0.1:${plainPort}`),
    'server {',
    `    listen ${listen} ssl;`,
    `    server_name ${name};`,
    '    ssl_certificate     /etc/ssl/site.pem;',
    '    ssl_certificate_key /etc/ssl/site.key;',
    ...indent([
      ...settingsOf(wanted),
      'proxy_http_version 1.1;',
      ...headersOf(wanted),
      ...wanted.closed.flatMap((path) => [`location ${base}${path} {`, '    return 404;', '}']),
      ...[...wanted.ports].flatMap(([path, other]) => [
        `location ${base}${path} {`,
        `    proxy_pass http://127.0.0.1:${other};`,
        '}',
      ]),
      `location ${base}/ {`,
      `    proxy_pass ${scheme}://127.0.0.1:${port}${base === keptBase ? '' : '/'};`,
      '}',
    ]),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function settingsOf(wanted: Wanted): string[] {
  const { bodySize, timeout, headerBuffer } = wanted;
  const size = headerBuffer === undefined ? '' : `${headerBuffer / 1024}k`;
  return [
    ...(bodySize === undefined ? [] : [`client_max_body_size ${sizeOf(bodySize)};`]),
    ...(timeout === undefined ? [] : [`proxy_read_timeout ${timeout}s;`]),
    ...(headerBuffer === undefined ? [] : [`proxy_buffer_size ${size};`, `proxy_buffers 8 ${size};`]),
    ...(wanted.streamsAnswers ? ['proxy_buffering off;'] : []),
    ...(wanted.streamsUploads ? ['proxy_request_buffering off;'] : []),
  ];
}

function sizeOf(bytes: number): string {
  return bytes === 0 ? '0' : `${Math.ceil(bytes / 1024 ** 2)}m`;
}

function headersOf({ headers, keepsOwnHost, upgrade, base }: Wanted): string[] {
  const own = [...headers].flatMap(([header, value]) => {
    const text = value === 'prefix' && base !== '' ? base : values[value];
    return text === undefined ? [] : [`proxy_set_header ${header} ${text};`];
  });
  return [
    ...(headers.has('Host') || keepsOwnHost ? [] : ['proxy_set_header Host $host;']),
    ...own,
    ...(headers.has('X-Forwarded-Proto') ? [] : ['proxy_set_header X-Forwarded-Proto $scheme;']),
    ...(headers.has('X-Forwarded-For') ? [] : ['proxy_set_header X-Forwarded-For $remote_addr;']),
    ...(upgrade
      ? ['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection $connection_upgrade;']
      : ['proxy_set_header Connection "";']),
  ];
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
