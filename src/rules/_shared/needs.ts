/** What several rules need of a config, see {@link Needs}. */
import { passKeys, cachingPasses, settingKeys, tellingPasses } from '../../servers/nginx/meaning/pass.ts';
import { mayBeTls } from '../../model/scheme.ts';
import type { Need } from '../needs.ts';

/** Something that makes a listener of nginx speak TLS. */
export const nginxTls: readonly Need[] = ['ssl', { listen: /^(?:ssl|x?quic)$/ }];

/** Something that makes a virtual host of httpd speak TLS. */
export const apacheTls: readonly Need[] = ['sslengine'];

/** A backend of nginx whose address an expression finds. */
export function nginxPass(address: RegExp): Need {
  return Object.fromEntries(passKeys.map((key) => [key, address]));
}

/** A backend of nginx whose answers have headers and errors of their own. */
export const nginxAnsweringPass: readonly Need[] = tellingPasses.map(({ key }) => key);

/** A backend of httpd whose address an expression finds. */
export function apachePass(address: RegExp): Need {
  return Object.fromEntries(apachePassKeys.map((key) => [key, address]));
}

const apachePassKeys = ['proxypass', 'proxypassmatch', 'rewriterule', 'balancermember', 'sethandler', 'proxyset'];

/** A backend that is spoken to over TLS, or whose scheme is in a variable. */
export const nginxTlsPass = nginxPass(mayBeTls);
export const apacheTlsPass = apachePass(mayBeTls);

export const nginxRedirects: readonly Need[] = ['return', 'rewrite'];
export const apacheRedirects: readonly Need[] = ['redirect*', 'rewriterule'];

/** A backend that may be spoken to in HTTP. */
export const nginxHttpPass: readonly Need[] = ['proxy_pass'];
export const apacheHttpPass: readonly Need[] = ['proxypass*', 'rewriterule'];

/** The access control of httpd 2.2. */
export const legacyAccess: readonly Need[] = ['order', 'allow', 'deny', 'satisfy'];

/** A cache of backend answers at nginx: `proxy_cache` and its like. */
export const nginxCaches: readonly Need[] = settingKeys(cachingPasses, 'cache');
