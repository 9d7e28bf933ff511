/** The client address behind trusted proxies: `remoteip_modify_request` (modules/metadata/mod_remoteip.c). */
import { contains, parseNetwork, type Network } from '../../../model/network.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { expandedNetwork } from './client.ts';
import { step, taken, textOf, type Request, type Setting } from './state.ts';

interface Proxy {
  readonly network: Network;
  readonly isInternal: boolean;
}

/** Takes addresses off the end of the header as long as the one before is trusted. */
export function applyRemoteIp(request: Request): void {
  const { setting } = request;
  const named = setting.base.setting('remoteipheader');
  // A PROXY header goes before all others.
  if (!named || setting.request.proxyHeader) return;
  const name = textOf(setting, taken(setting, named).args[0]);
  const header = request.headersIn.get(name);
  if (!header) return;
  const value = header.value ?? giveUp(`The value of the header "${name}" is not known.`);
  const client =
    setting.client ?? giveUp('Whether the client is a trusted proxy depends on its address; name it with --from.');
  const found = follow(value, client, proxiesOf(setting));
  if (found.address === undefined) return;
  setting.client = found.address;
  request.headersIn.unset(name);
  const origin = headerOf(named.directive);
  if (found.rest !== undefined) request.headersIn.set({ name, value: found.rest, origin });
  const passedOn = setting.base.setting('remoteipproxiesheader');
  if (passedOn && found.passed.length > 0) {
    const to = textOf(setting, taken(setting, passedOn).args[0]);
    request.headersIn.set({ name: to, value: found.passed.join(', '), origin: headerOf(passedOn.directive) });
  }
  step(request, `The client address becomes ${found.address}, by the header ${name}.`, named.directive);
}

/** Undefined: none is named, so that all are trusted, as those outside are. */
function proxiesOf(setting: Setting): readonly Proxy[] | undefined {
  const { base } = setting;
  const lists = ['remoteipinternalproxylist', 'remoteiptrustedproxylist'];
  if (lists.some((key) => base.effective(key).length > 0))
    giveUp('A list of trusted proxies is in a file that was not read.');
  // The first that matches decides, in the order of the config.
  const items = levelOf(base)?.level.items ?? [];
  const all = items
    .filter(({ directive: { key } }) => key === 'remoteipinternalproxy' || key === 'remoteiptrustedproxy')
    .flatMap((item) => {
      const { key, args } = taken(setting, item);
      return args.map((word) => ({
        network: networkOf(textOf(setting, word)),
        isInternal: key === 'remoteipinternalproxy',
      }));
    });
  return all.length > 0 ? all : undefined;
}

/** The proxies of the innermost level that names some. */
function levelOf(base: ApacheScope): ApacheScope | undefined {
  for (let scope: ApacheScope | undefined = base; scope; scope = scope.outer)
    if (scope.own('remoteipinternalproxy').length + scope.own('remoteiptrustedproxy').length > 0) return scope;
  return undefined;
}

function networkOf(text: string): Network {
  return parseNetwork(expandedNetwork(text)) ?? giveUp(`Which addresses "${text}" means is asked when httpd starts.`);
}

interface Followed {
  /** Undefined: the client stays. */
  readonly address: string | undefined;
  /** What stays in the header; undefined: nothing. */
  readonly rest: string | undefined;
  /** Addresses of proxies outside. */
  readonly passed: readonly string[];
}

function follow(value: string, client: string, proxies: readonly Proxy[] | undefined): Followed {
  const entries = value.split(',');
  const passed: string[] = [];
  let isInternal = proxies !== undefined;
  let current = client;
  let address: string | undefined;
  while (entries.length > 0) {
    const network = parseNetwork(current)!;
    const proxy = proxies?.find((each) => contains(each.network, network));
    if (proxies && !proxy) break;
    if (proxy && isInternal) isInternal = proxy.isInternal;
    const entry = entries.at(-1)!.replace(/^ +|(?<! ) +$/g, '');
    const next = entry.includes('/') ? undefined : parseNetwork(entry);
    if (!next && entry !== '' && !/^[\d.:[\]a-f]+$/i.test(entry))
      giveUp(`"${entry}" in the header is a name, which httpd looks up.`);
    if (!next || (!isInternal && !isPublic(next))) break;
    entries.pop();
    if (!isInternal) passed.push(current);
    current = address = entry;
  }
  return { address, rest: entries.length > 0 ? entries.join(',') : undefined, passed };
}

const privateNetworks = ['10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'].map((text) =>
  parseNetwork(text)!,
);
const globalUnicast = parseNetwork('2000::/3')!;

function isPublic(address: Network): boolean {
  return address.bits === 32
    ? !privateNetworks.some((each) => contains(each, address))
    : contains(globalUnicast, address);
}
