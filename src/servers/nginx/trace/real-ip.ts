/** The client address behind trusted proxies: `ngx_http_get_forwarded_addr` and ngx_http_realip_module.c. */
import { headerValues } from '../../../model/headers.ts';
import { contains, parseNetwork, type Network } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { ProxyHeader } from '../../../model/trace.ts';
import { step, type State } from './state.ts';
import { isOn } from '../meaning/settings.ts';

/** Runs once before the rewrite directives of the server and once before the access phase; the first success stays. */
export function applyRealIp(state: State): void {
  const from = state.scope.effective('set_real_ip_from');
  if (from.length === 0 || state.realIpApplied) return;
  const named = state.scope.effective('real_ip_header').at(-1)?.args[0]?.value.toLowerCase() ?? 'x-real-ip';
  const { headers, proxyHeader } = state.setting.request;
  const values = named === 'proxy_protocol' ? proxiedClient(proxyHeader) : headerValues(headers, named);
  if (values.length === 0) return;
  const client =
    state.client ?? giveUp('Whether the client is a trusted proxy depends on its address; name it with --from.');
  if (client === 'unix:') giveUp('Whether a client at a Unix socket is a trusted proxy is not traced.');
  const proxies = from.flatMap(({ args }) => trusted(args[0]?.value ?? ''));
  const recursive = isOn(state.scope, 'real_ip_recursive');
  const found = forwardedAddress(client, named === 'x-forwarded-for' ? values : values.slice(0, 1), proxies, recursive);
  if (found === undefined) return;
  state.realIpApplied = true;
  state.client = found;
  const by = named === 'proxy_protocol' ? 'PROXY header' : `header ${named}`;
  step(state, `The client address becomes ${found}, by the ${by} of a trusted proxy.`);
}

function proxiedClient(header: ProxyHeader | undefined): readonly string[] {
  if (!header) return [];
  return [header.client ?? giveUp('Which client the PROXY header names is not known; name it with --from.')];
}

function trusted(text: string): Network[] {
  if (text === 'unix:') return [];
  return [parseNetwork(text) ?? giveUp(`Which addresses "${text}" means is asked when nginx starts.`)];
}

/** Undefined: the address stays. */
export function forwardedAddress(
  client: string,
  values: readonly string[],
  proxies: readonly Network[],
  recursive: boolean,
): string | undefined {
  let current = client;
  let found: string | undefined;
  for (const value of values.toReversed()) {
    const entries = value.split(/[ ,]+/).filter((entry) => entry !== '');
    for (const entry of entries.toReversed()) {
      const address = parseNetwork(current);
      if (!address || !proxies.some((proxy) => contains(proxy, address))) return found;
      const next = withoutPort(entry);
      if (next === undefined) return found;
      current = found = next;
      if (!recursive) return found;
    }
  }
  return found;
}

/** `10.0.0.1`, `10.0.0.1:80`, `::1`, `[::1]:80`. */
function withoutPort(entry: string): string | undefined {
  const match = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/.exec(entry);
  const text = match?.[1] ?? match?.[2] ?? entry;
  return parseNetwork(text) && !text.includes('/') ? text : undefined;
}
