import { nginxDirectives } from '../../facts/nginx/index.ts';
import type { Config } from '../../ir/config.ts';
import type { Directive } from '../../ir/syntax.ts';
import { walk } from '../../ir/walk.ts';

const mention = /\$\{?(\w+)/g;

/** Names of the nginx variables that a config reads, lower-cased, without `$`. */
export function variablesRead(config: Config): ReadonlySet<string> {
  let names = namesRead.get(config);
  if (!names) namesRead.set(config, (names = readNames(config)));
  return names;
}

const namesRead = new WeakMap<Config, ReadonlySet<string>>();

function readNames(config: Config): ReadonlySet<string> {
  const read = new Set<string>();
  walk(config.file.root, (directive) => {
    const skipped = definedAt(directive);
    // Scripts read variables by names that cannot be told from outside.
    directive.args.forEach(({ value }, index) => {
      if (index !== skipped && value.includes('$'))
        for (const match of value.matchAll(mention)) read.add(match[1]!.toLowerCase());
    });
    if (directive.name.value.includes('$'))
      for (const match of directive.name.value.matchAll(mention)) read.add(match[1]!.toLowerCase());
  });
  return read;
}

/** The argument that only names the variable. */
function definedAt({ key, args }: Directive): number | undefined {
  if (key === 'set' || key === 'auth_request_set') return 0;
  if (key === 'map' || key === 'split_clients') return 1;
  return key === 'geo' ? args.length - 1 : undefined;
}

const scripts = /_by_lua|^(?:perl|js)_|^(?:ssi|modsecurity|pagespeed)/;
/** Dynamic modules that read no variables of the config by name. */
const passive =
  /ngx_(?:stream|mail|http_(?:geoip2?|image_filter|xslt_filter|headers_more_filter|brotli_\w+|echo|auth_pam))_module/;
/** Blocks whose entries are no directives. */
const tables: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', 'types', 'charset_map', 'match', 'geoip2']);

/**
 * Whether all that may read a variable was seen: a whole config without scripts and without modules that are not known, which may read
 * variables by themselves.
 */
export function allIsSeen(config: Config): boolean {
  if (!config.complete) return false;
  let seen = true;
  const known = new Set<string>();
  walk(config.file.root, ({ key, args, parent }) => {
    if (!seen || known.has(key) || tables.has(parent.owner?.key ?? '')) return;
    seen =
      !scripts.test(key) &&
      nginxDirectives(key).length > 0 &&
      !(key === 'load_module' && !passive.test(args[0]?.value ?? ''));
    if (key !== 'load_module') known.add(key);
  });
  return seen;
}
