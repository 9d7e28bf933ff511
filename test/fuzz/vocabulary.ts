/** Words and signs of the three languages, and what tends to hurt programs that read text. */
import { apacheDirectiveNames } from '../../src/facts/apache/index.ts';
import { nginxDirectiveNames } from '../../src/facts/nginx/index.ts';
import { newestSslh, probeNames, settingNames } from '../../src/facts/sslh/index.ts';
import type { Dialect } from '../../src/ir/syntax.ts';
import type { Random } from '../oracle/lib/random.ts';

const nginxNames = [...nginxDirectiveNames()];
/** The names that rules look at most; with all names alike they would hardly come together. */
const nginxCommon =
  'server listen server_name location proxy_pass rewrite return set if map upstream include add_header proxy_set_header root alias try_files error_page ssl_certificate allow deny auth_basic limit_except types geo split_clients'.split(
    ' ',
  );
const nginxValues =
  '80 443 ssl default_server [::]:80 unix:/s.sock localhost _ *.example.com .example.com ~^(?<n>.+)\\.e$ / = ~ ~* ^~ @named /a/ /a/b \\.php$ ^/(.*)$ $uri $host $1 ${a} $arg_x $http_upgrade http://b https://b:8443/x/ http://$host$uri 127.0.0.1:3000 last break permanent 301 404 =200 on off always 1m 30s all "" "a b" default volatile hostnames -f !-e !~* max_fails=0 keepalive weight=5 resolve'.split(
    ' ',
  );
const apacheCommon =
  'ServerName ServerAlias Listen ProxyPass ProxyPassReverse ProxyPassMatch RewriteEngine RewriteRule RewriteCond RewriteBase Header RequestHeader SetEnvIf SetHandler Require Order Allow Deny Redirect RedirectMatch Alias Include IncludeOptional Define UnDefine Use DocumentRoot SSLEngine SSLProtocol BalancerMember ProxySet Options AllowOverride ErrorDocument'.split(
    ' ',
  );
const apacheSections =
  'VirtualHost Location LocationMatch Directory DirectoryMatch Files FilesMatch Proxy ProxyMatch If ElseIf Else IfModule IfDefine IfVersion Limit LimitExcept Macro RequireAll RequireAny RequireNone'.split(
    ' ',
  );
const apacheValues =
  '/ /a /a/ ^/(.*)$ http://b/ http://b:8080/a/$1 ws://b/ balancer://c/ ! - [L] [P,L] [R=301,NE] [NC,OR] %{HTTP_HOST} %{REQUEST_URI} !-f %1 $1 ${name} ${map:$1|x} env=HTTPS early always set unset append merge "a b" "\\"" expr=%{X} *:80 _default_:443 [::1]:80 all granted denied ip 10.0.0.0/8 host x on off None All -Indexes +FollowSymLinks TLSv1 retry=0 timeout=5 ~ \\'.split(
    ' ',
  );
const sslhWords = [...settingNames('main', newestSslh), ...probeNames(newestSslh)];
const sslhValues =
  '"443" "0.0.0.0" 443 true false 0x1F 1.5 10L "a" "b" [ ] ( ) { } : ; , = name: host: port: protocols: listen: sni_hostnames: regex_patterns: # // /* */ @include'.split(
    ' ',
  );

/** Signs of templates, documents and comments, characters outside ASCII, and long or empty things. */
export const nuisances: readonly string[] = [
  '{{ a }}',
  '{{',
  '}}',
  '{% if a %}',
  '{% endif %}',
  '{%',
  '%}',
  '{# a #}',
  '<%= a %>',
  '<% end %>',
  '<%',
  '${A}',
  '${A:-b}',
  '$(a)',
  '@@A@@',
  '__A__',
  '%(a)s',
  '{{- range .A }}',
  '{{ end }}',
  '```',
  '~~~',
  '----',
  '::',
  '<!-- proxylint-ignore a: b -->',
  '# proxylint-ignore directory-listing: a reason',
  '# proxylint-ignore-block host-spoofing: a',
  '# proxylint-ignore-file a, b: c',
  '# proxylint-ignore',
  '# configuration file /etc/nginx/nginx.conf:',
  '<<EOF',
  'EOF',
  '\\',
  '\\\n',
  '"',
  "'",
  '#',
  '\0',
  '\r',
  '\r\n',
  '\n\n\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'é',
  '日本',
  '😀',
  '\ud800',
  '\u202e',
  '\x1b[31m',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '999999999999999999999',
  '-1',
  '[',
  '(',
  '(?<',
  '[[:alpha:]]',
  '(a+)+$',
  '\\Q',
  '(?i)',
  '$',
  '$$',
  '${',
  '%{',
  '%',
  '%zz',
];

/** One word of a language as it may stand in a config of it. */
export function wordOf(dialect: Dialect, random: Random): string {
  if (random.below(25) === 0) return random.pick(nuisances)!;
  switch (dialect) {
    case 'nginx':
      return random.pick(random.below(8) === 0 ? nginxNames : random.below(2) === 0 ? nginxCommon : nginxValues)!;
    case 'apache':
      return random.pick(random.below(8) === 0 ? apacheNames() : random.below(2) === 0 ? apacheCommon : apacheValues)!;
    case 'sslh':
      return random.pick(random.below(3) === 0 ? sslhWords : sslhValues)!;
  }
}

/** A directive name. */
export function nameOf(dialect: 'nginx' | 'apache', random: Random): string {
  const isCommon = random.below(4) > 0;
  if (dialect === 'nginx') return random.pick(isCommon ? nginxCommon : nginxNames)!;
  return random.pick(isCommon ? apacheCommon : apacheNames())!;
}

export function valueOf(dialect: 'nginx' | 'apache', random: Random): string {
  if (random.below(25) === 0) return random.pick(nuisances)!;
  return random.pick(dialect === 'nginx' ? nginxValues : apacheValues)!;
}

export function sectionOf(random: Random): string {
  return random.pick(apacheSections)!;
}

let names: readonly string[] | undefined;

function apacheNames(): readonly string[] {
  return (names ??= apacheDirectiveNames());
}
