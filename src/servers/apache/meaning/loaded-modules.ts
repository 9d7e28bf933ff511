/** Modules that a config loads. */
import { apacheModules } from '../facts/index.ts';
import { thirdPartyIdentifiers } from '../facts/third-party.ts';
import type { Config } from '../../../syntax/config.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { once } from '../../../text/once.ts';

/** Of releases before 2.4, and those that come with a module that is known by another name. */
const others = `access auth authn_alias authn_default authz_default authz_svn auth_dbm cern_meta disk_cache dontdothat foo_auth imap
  isapi jk libphp mem_cache passenger perl php php3 php4 php5 php7 php8 security shib shib_22 shib_24 ssl_ct`;

const known = once(
  () =>
    new Set([
      ...apacheModules().map(({ identifier }) => identifier),
      ...thirdPartyIdentifiers(),
      ...others.split(/\s+/).map((name) => `${name}_module`),
    ]),
);

/** Whether it loads one that nothing is known of: any name may be a directive of it. */
export function loadsUnknownModule(config: Config): boolean {
  const loads = directivesByKey(config.file.root).get('loadmodule') ?? [];
  return loads.some(({ args }) => args[0] !== undefined && !known().has(args[0].value));
}
