/** A repository of configs in which the commands of the documentation can be run: it has the files that they name. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { folder } from '../helpers/run-cli.ts';

const proxied = (name: string): string => `server {
    listen 80;
    server_name ${name};
    location / {
        proxy_pass http://127.0.0.1:9000;
        proxy_set_header Host $host;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
    }
}
`;
/** Its comment silences nothing, which the fixes mend. */
const site = proxied('app.example.org').replace(
  'location',
  '# proxylint-ignore weak-tls-protocol: old scanners\n    location',
);
const main = `events {}
http {
    include sites/*.conf;
    server {
        listen 443 ssl;
        server_name jatos.example.org example.org app.example.org;
        ssl_certificate cert.pem;
        ssl_certificate_key key.pem;
        location / {
            proxy_pass http://127.0.0.1:9000;
        }
    }
}
`;
const expectation = `configs: nginx.conf
tests:
  - name: the application answers
    request: https://jatos.example.org/
    expect: { backend: 127.0.0.1:9000 }
`;
const files = {
  '.gitignore': '.proxylintcache\n*.sarif\n',
  'nginx.conf': main,
  'sites/app.conf': proxied('sites.example.org'),
  'conf.d/app.conf': proxied('conf.example.org'),
  'docs/guide.md': `# Guide\n\n\`\`\`nginx\n${proxied('docs.example.org')}\`\`\`\n`,
  'site.conf': site,
  'a.conf': proxied('a.example.org').repeat(5),
  'httpd.conf':
    'Listen 9000\n<VirtualHost *:9000>\n    ServerName app.example.org\n    DocumentRoot /srv/www\n</VirtualHost>\n',
  'sslh.cfg':
    'listen: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: (\n  { name: "ssh"; host: "localhost"; port: "22"; },\n' +
    '  { name: "tls"; host: "localhost"; port: "8443"; alpn_protocols: [ "xmpp-client" ]; },\n' +
    '  { name: "tls"; host: "localhost"; port: "443"; }\n);\n',
  'docker-compose.yml':
    'services:\n  nginx:\n    image: nginx\n    ports: ["80:80"]\n    volumes: ["./nginx:/etc/nginx/conf.d"]\n  app:\n    image: httpd\n' +
    '    volumes: ["./app/httpd.conf:/usr/local/apache2/conf/httpd.conf"]\n',
  'nginx/site.conf': 'server {\n  listen 80;\n    location / {\n        proxy_pass http://app:8080;\n    }\n}\n',
  'app/httpd.conf': 'Listen 8080\n<VirtualHost *:8080>\n    ServerName app\n</VirtualHost>\n',
  'proxylint.test.yaml': expectation,
  'deploy/nginx.conf': main,
  'etc/nginx/nginx.conf': main,
  'deploy/proxylint.test.yaml': expectation,
  'path/to/tree/site.conf': proxied('tree.example.org'),
};

export interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Gives what runs a command there. Commands of one workspace see what those before them wrote. */
export function openWorkspace(withSamples: boolean): (command: string) => Done {
  const cwd = folder(files);
  if (withSamples) cpSync('fixtures/samples', join(cwd, 'fixtures/samples'), { recursive: true });
  const program = `exec "${process.execPath}" "${resolve('dist/cli.cjs')}" "$@"\n`;
  const bin = folder({
    proxylint: `#!/bin/sh\n${program}`,
    npx: `#!/bin/sh\n[ "$1" = proxylint ] || { echo "npx $1" >&2; exit 127; }\nshift\n${program}`,
  });
  for (const name of ['proxylint', 'npx']) chmodSync(join(bin, name), 0o755);
  const env = { PATH: `${bin}${delimiter}${process.env['PATH']}`, HOME: cwd, NO_COLOR: '1' };
  const run = (command: string): Done =>
    spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8', timeout: 120_000 });
  const commit = 'git -c user.name=x -c user.email=x@example.org commit --quiet --message=x';
  const prepared = run(
    `git init --quiet --initial-branch=main && git add . && ${commit} && echo '# later' >>site.conf`,
  );
  const known = run(
    'proxylint --baseline known.json --update-baseline . && proxylint --fail-on never --format json --output-file report.json site.conf',
  );
  if (prepared.status !== 0 || known.status !== 0) throw new Error(`${prepared.stderr}${known.stdout}${known.stderr}`);
  return run;
}
