/** What the name of a file says: which dialect it may hold, or that it is written in another language. */
import type { Dialect } from '../../syntax/tree.ts';
import type { HintStrength } from './marks.ts';

export interface Hint {
  readonly dialect: Dialect;
  readonly strength: Exclude<HintStrength, 'none'>;
}

/** Endings that say how a file came about or what is made of it: the name before them tells what it holds. */
const wrappings =
  /\.(?:j2|jinja2?|erb|epp|tmpl|template|tpl|gotmpl|gtpl|hbs|handlebars|mustache|liquid|twig|ctmpl|in|dist|sample|example|default|orig|bak|backup|old|disabled|off|save|rpmnew|rpmsave|dpkg-\w+|ucf-\w+)$/;

/** Languages whose files never are configs of a server, wherever they lie. */
const languages: ReadonlySet<string> = new Set(
  (
    'js mjs cjs jsx ts mts cts tsx vue svelte py pyi pyx rb rs go c h cc cpp cxx hh hpp cs java kt kts scala swift php phtml pl pm pod ' +
    'lua sh bash zsh fish csh ksh ps1 bat cmd vim el r jl sql css scss sass less html htm xhtml xml xsl xsd svg json jsonc json5 ' +
    'ndjson yaml yml toml ini properties lock map csv tsv po pot diff patch tf hcl nix proto graphql gradle groovy cmake mk ' +
    'service socket timer mount target spec te if fc cil vcl log pem crt key csr pub tex bib ipynb snap'
  ).split(' '),
);
/** Files of other programs that go by a fixed name. */
const others =
  /^(?:dockerfile|containerfile|makefile|gnumakefile|caddyfile|vagrantfile|jenkinsfile|gemfile|rakefile|procfile|license|copying|authors|changelog|readme|cupsd\.conf|cups-\w+\.conf|sshd?_config|torrc|proftpd\.conf|clamd\.conf|freshclam\.conf|haproxy\.cfg|squid\.conf|named\.conf|dhcpd\.conf|supervisord\.conf|sysctl\.conf|ld\.so\.conf|resolv\.conf|my\.cnf|php\.ini)$/;

/** True for a file that by its name is in another language. */
export function isForeignName(path: string): boolean {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return others.test(name) || (dot > 0 && languages.has(name.slice(dot + 1)));
}

/** Names that a file has in one server only. */
const exactNames: Readonly<Record<string, Dialect>> = {
  'nginx.conf': 'nginx',
  'mime.types': 'nginx',
  fastcgi_params: 'nginx',
  'fastcgi.conf': 'nginx',
  uwsgi_params: 'nginx',
  scgi_params: 'nginx',
  proxy_params: 'nginx',
  'httpd.conf': 'apache',
  'apache2.conf': 'apache',
};
const folders: readonly (readonly [pattern: RegExp, dialect: Dialect])[] = [
  [/(?:^|\/)(?:apache2?|httpd)(?=[-_./])[^/]*\//, 'apache'],
  [/(?:^|\/)(?:nginx|openresty)(?=[-_./])[^/]*\//, 'nginx'],
];

/** What the name suggests. The file's own name counts more than that of a folder around it. */
export function hintOf(path: string): Hint | undefined {
  const name = baseName(path);
  if (Object.hasOwn(exactNames, name)) return { dialect: exactNames[name]!, strength: 'name' };
  if (name.startsWith('.htaccess') || name === 'htaccess') return { dialect: 'apache', strength: 'name' };
  const byName = /(?:^|\W|_)sslh/.test(name)
    ? 'sslh'
    : /apache|httpd|vhost/.test(name)
      ? 'apache'
      : /nginx|openresty/.test(name)
        ? 'nginx'
        : undefined;
  if (byName) return { dialect: byName, strength: 'name' };
  const folder = folders.find(([pattern]) => pattern.test(path.toLowerCase()));
  return folder && { dialect: folder[1], strength: 'folder' };
}

/** Whether a file of that name would be a config even with nothing in it. */
export function isConfigName(path: string): boolean {
  const name = baseName(path);
  if (/(?:\.(?:conf|cfg|types|vhost|nginx|inc)|^\.?htaccess\S*)$/.test(name) || Object.hasOwn(exactNames, name))
    return true;
  // `nginx.tmpl`, but not `/etc/default/nginx`.
  return /^(?:nginx|httpd|apache2?)$/.test(name) && !path.toLowerCase().endsWith(`/${name}`);
}

/** In lower case, without folders and without the endings of templates and copies. */
function baseName(path: string): string {
  let name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  for (let rest = name.replace(wrappings, ''); rest !== name && rest !== ''; rest = name.replace(wrappings, ''))
    name = rest;
  return name;
}
