import { namingArgument } from '../../servers/nginx/meaning/definers.ts';
import { nginxDirectives } from '../../servers/nginx/facts/index.ts';
import type { Config } from '../../syntax/config.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { wordTable } from '../../text/word-table.ts';

const mention = /\$\{?(\w+)/g;

/** Which of the nginx variables, lower-cased and without `$`, the config reads nowhere. */
export function unreadVariables(config: Config, names: Iterable<string>): ReadonlySet<string> {
  const unread = new Set(names);
  for (const directives of directivesByKey(config.file.root).values()) {
    for (const directive of directives) {
      if (unread.size === 0) return unread;
      const skipped = namingArgument(directive);
      removeMentioned(unread, directive.name.value);
      for (const name of readByName[directive.key] ?? []) unread.delete(name);
      directive.args.forEach(({ value }, index) => index !== skipped && removeMentioned(unread, value));
    }
  }
  return unread;
}

function removeMentioned(names: Set<string>, text: string): void {
  if (!text.includes('$')) return;
  for (const [, name] of text.matchAll(mention)) names.delete(name!.toLowerCase());
}

/** Variables that a module looks up by their names, as its documentation says. */
const readByName: Readonly<Record<string, readonly string[] | undefined>> = wordTable({
  memcached_pass: ['memcached_key'],
  memc_pass: ['memc_cmd', 'memc_key', 'memc_value', 'memc_flags', 'memc_exptime'],
  redis_pass: ['redis_key', 'redis_db', 'redis_auth'],
});

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
  for (const [key, directives] of directivesByKey(config.file.root)) {
    if (directives.every(({ parent }) => tables.has(parent.owner?.key ?? ''))) continue;
    if (scripts.test(key) || nginxDirectives(key).length === 0) return false;
    if (key === 'load_module' && !directives.every(({ args }) => passive.test(args[0]?.value ?? ''))) return false;
  }
  return true;
}
