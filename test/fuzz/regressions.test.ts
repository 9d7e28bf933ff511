/** Inputs that did harm once, as small as they could be made. */
import { expect, test } from 'vitest';
import type { FuzzCase } from './case.ts';
import { checkCase } from './checks.ts';

const regressions: Readonly<Record<string, FuzzCase>> = {
  'a location without path': { path: 'nginx.conf', text: 'location{\n alias a;\n}', dialect: 'nginx' },
  'a document that begins with a line feed': {
    path: 'a.md',
    text: '\n```nginx\nserver { listen 80; } # proxylint-ignore\n```\n',
  },
  'a document with blank lines above its block': {
    path: 'a.md',
    text: `${'\n'.repeat(20_000)}\`\`\`nginx\n# proxylint-ignore\nserver { listen 80; }\n\`\`\`\n`,
  },
  'blank lines at the head of a template': {
    path: 'site.conf.j2',
    text: `${'\n'.repeat(10_000)}server { listen 80; server_name {{ name }}; }\n`,
  },
  'dollars in a row': { path: 'nginx.conf', text: `root /${'$'.repeat(50_000)};`, dialect: 'nginx' },
  'braces in a row': { path: 'nginx.conf', text: `server { listen 80; ${'}'.repeat(1000)}`, dialect: 'nginx' },
  'directives in a row': { path: 'nginx.conf', text: `server { ${'set $a b;'.repeat(20_000)} }`, dialect: 'nginx' },
  'a variable named as what objects inherit': { path: 'nginx.conf', text: 'http{map{constructor', dialect: 'nginx' },
  'a file named as what objects inherit': {
    path: 'nginx.conf',
    text: 'http { server { listen 80; include constructor; } }',
    dialect: 'nginx',
  },
  'a section named as what objects inherit': {
    path: 'httpd.conf',
    text: '<constructor /a>\n  Require all granted\n</constructor>\n',
    dialect: 'apache',
  },
  'try_files without arguments': {
    path: 'nginx.conf',
    text: 'try_files;',
    dialect: 'nginx',
    requests: [{ method: 'GET', url: 'http://localhost/', headers: [] }],
  },
  'an if without a condition': {
    path: 'nginx.conf',
    text: 'server { listen 80; if { return 204; } }',
    dialect: 'nginx',
    requests: [{ method: 'GET', url: 'http://localhost/', headers: [] }],
  },
  'a member of a balancer without a URL': {
    path: 'httpd.conf',
    text: '<Proxy "balancer://group">\nBalancerMember\n</Proxy>\n<VirtualHost *:80>\nProxyPass / balancer://group/\n</VirtualHost>\n',
    dialect: 'apache',
    requests: [{ method: 'GET', url: 'http://localhost/', headers: [] }],
  },
  'a lost parameter without a name': {
    path: 'nginx.conf',
    text: 'uwsgi_param;location{uwsgi_param p',
    dialect: 'nginx',
  },
  'an included piece of a location that never ends': {
    path: '/etc/nginx/nginx.conf',
    text: 'http { server { listen 80; location / { include p.conf; } } }',
    dialect: 'nginx',
    files: { '/etc/nginx/p.conf': 'proxy_buffer_size 64k;\nproxy_pass http://a;\nif ($x) {\n' },
  },
  'an included piece of a location with a brace too many': {
    path: '/etc/nginx/nginx.conf',
    text: 'http { server { listen 80; location / { include p.conf; } } }',
    dialect: 'nginx',
    files: { '/etc/nginx/p.conf': 'proxy_pass https://a;\nproxy_ssl_verify on;\n}\n' },
  },
  'a policy of a name in a row': {
    path: 'nginx.conf',
    text: `server { listen 80; add_header Content-Security-Policy "${'src '.repeat(25_000)}"; }`,
    dialect: 'nginx',
  },
  'parentheses in a row': {
    path: 'httpd.conf',
    text: `<Location "/${'(|'.repeat(20_000)}">\nRequire all granted\n</Location>\n`,
    dialect: 'apache',
  },
  'here-documents without an end': {
    path: 'a.md',
    text: `\`\`\`sh\n${'cat > a <<EOF\n'.repeat(10_000)}\`\`\`\n`,
  },
};

for (const [name, input] of Object.entries(regressions)) {
  test(name, async () => {
    await expect(checkCase(input, { twice: true })).resolves.toBeUndefined();
  });
}
