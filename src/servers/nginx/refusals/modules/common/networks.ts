/** Lists of networks: the modules `access` and `realip`. */
import { isCidr } from '../../../meaning/address.ts';
import { firstArgument } from '../../refuse.ts';
import type { ModuleChecks } from '../../run.ts';

const networks = firstArgument(
  '"all", "unix:" or an address such as "10.0.0.0/8"',
  (text) => isNetwork(text) || text === 'all',
);

export const access: ModuleChecks = { directives: { allow: networks, deny: networks } };

/** Names are resolved here, so only what looks like an address can be judged; `10.1` is one that resolvers know. */
export const trustedNetworks = firstArgument(
  'an address such as "10.0.0.0/8", a host name or "unix:"',
  (text) => isNetwork(text) || /^\d+(?:\.\d+){0,2}$/.test(text) || !/^$|^[\d.]+(?:\/|$)|\/|:/.test(text),
);

/** `ngx_http_realip_module`, and those of stream and mail. */
export const realip: ModuleChecks = { directives: { set_real_ip_from: trustedNetworks } };

function isNetwork(text: string): boolean {
  return text === 'unix:' || isCidr(text);
}
