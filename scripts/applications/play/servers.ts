/** The configs of the parts, and nginx and httpd running with them. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Parts } from './types.ts';

export interface Place {
  readonly folder: string;
  /** Where the proxy listens. */
  readonly port: number;
  /** Where the application listens. */
  readonly backend: number;
  readonly id: string;
}

export function makeCertificate(folder: string): void {
  const options = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=app.example -keyout key.pem -out cert.pem'.split(
    ' ',
  );
  execFileSync('openssl', ['req', ...options], { cwd: folder, stdio: 'ignore' });
}

/** The server block: what is linted. */
export function nginxConfig(
  { host, scheme, upgrade, body, slash, prefix = '', closed, timeout, address = true }: Parts,
  place: Place,
): string {
  const { folder, port, backend } = place;
  const lines = [
    ...(timeout === undefined ? [] : [`proxy_read_timeout ${timeout}s;`]),
    ...(host ? [`proxy_set_header Host ${host};`] : []),
    ...(scheme ? ['proxy_set_header X-Forwarded-Proto $scheme;'] : []),
    ...(address ? ['proxy_set_header X-Forwarded-For $remote_addr;'] : []),
    ...(upgrade
      ? [
          'proxy_http_version 1.1;',
          'proxy_set_header Upgrade $http_upgrade;',
          'proxy_set_header Connection $connection_upgrade;',
        ]
      : []),
  ];
  return `events {}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
http {
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/temp;
fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi;
scgi_temp_path ${folder}/scgi;
map $http_upgrade $connection_upgrade { default upgrade; '' close; }
server {
    listen 127.0.0.1:${port} ssl;
    server_name app.example;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${body === undefined ? '' : `client_max_body_size ${body};`}
    location = /proxylint-ready { return 204; }
    ${(closed ?? []).map((path) => `location ${path} { return 404; }`).join('\n    ')}
    location ${prefix}/ {
        proxy_pass http://127.0.0.1:${backend}${slash ? '/' : ''};
        ${lines.join('\n        ')}
    }
}
}
`;
}

export function apacheConfig(
  { host, scheme, upgrade, slash, prefix = '', closed, timeout, encodedSlashes = true }: Parts,
  place: Place,
): string {
  const { folder, port, backend } = place;
  const target = `http://127.0.0.1:${backend}${slash || prefix === '' ? '/' : `${prefix}/`}`;
  return `<VirtualHost 127.0.0.1:${port}>
    ServerName app.example
    SSLEngine on
    SSLCertificateFile ${folder}/cert.pem
    SSLCertificateKeyFile ${folder}/key.pem
    ${host ? 'ProxyPreserveHost On' : ''}
    ${scheme ? 'RequestHeader set X-Forwarded-Proto "https"' : ''}
    ${encodedSlashes ? 'AllowEncodedSlashes NoDecode' : ''}
    ${(closed ?? []).map((path) => `ProxyPass ${path} !`).join('\n    ')}
    ProxyPass /proxylint-ready !
    ProxyPass ${prefix}/ ${target} nocanon${upgrade ? ' upgrade=websocket' : ''}${timeout === undefined ? '' : ` timeout=${timeout}`}
    ProxyPassReverse ${prefix}/ ${target}
</VirtualHost>
`;
}

export function startNginx(parts: Parts, place: Place): ChildProcess {
  const path = join(place.folder, 'nginx.conf');
  writeFileSync(path, nginxConfig(parts, place));
  return spawn('nginx', ['-p', place.folder, '-c', path, '-g', 'daemon off; user root;'], { stdio: 'ignore' });
}

const modules = 'mpm_event authz_core dir headers alias socache_shmcb ssl proxy proxy_http proxy_wstunnel'.split(' ');

export function startApache(parts: Parts, place: Place): ChildProcess {
  const { folder, port } = place;
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const main = [
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `ServerName app.example`,
    `PidFile ${folder}/httpd.pid`,
    `ErrorLog ${folder}/httpd.log`,
    `DocumentRoot ${root}`,
    `Listen 127.0.0.1:${port}`,
  ];
  const path = join(folder, 'httpd.conf');
  writeFileSync(path, `${main.join('\n')}\n${apacheConfig(parts, place)}`);
  return spawn('apache2', ['-X', '-d', folder, '-f', path], { stdio: 'ignore' });
}
