/** Tells by the name of a file that it is written in another language. */

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
  const name = plainName(path);
  const dot = name.lastIndexOf('.');
  return others.test(name) || (dot > 0 && languages.has(name.slice(dot + 1)));
}

/** In lower case, without folders and without the endings of templates and copies. */
export function plainName(path: string): string {
  let name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  for (let rest = name.replace(wrappings, ''); rest !== name && rest !== ''; rest = name.replace(wrappings, ''))
    name = rest;
  return name;
}
