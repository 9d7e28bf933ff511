/** The headers with which `mod_proxy_http` sends a request on. */
import { headerOf } from '../../../syntax/tree.ts';
import type { TracedHeader } from '../../../model/trace.ts';
import type { HeaderTable } from './header-table.ts';
import { isOn, settingOf, valueOf, type Request } from './state.ts';
import type { Worker } from './workers.ts';
import { readUrl } from '../../../model/url.ts';
import { readFlag } from '../meaning/settings.ts';
import type { Backend } from './backend-url.ts';

export function hostHeader({ host, port }: Backend): string {
  return port === undefined || port === 80 ? host : `${host}:${port}`;
}

/** The Upgrade header goes on if the worker's parameter allows it, to `ws` URLs without one. */
export function forwardedUpgrade(
  request: Request,
  { scheme }: Backend,
  worker: Worker | undefined,
): string | undefined {
  const upgrade = request.headersIn.get('Upgrade')?.value;
  const parameter = worker?.parameters.get('upgrade')?.replace(/^any$/i, '*') ?? '';
  if (upgrade === undefined || upgrade === '') return undefined;
  if (parameter === '') return scheme.startsWith('ws') && upgrade.toLowerCase() === 'websocket' ? upgrade : undefined;
  const allowed =
    parameter === '*' ||
    parameter
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(upgrade.toLowerCase());
  return allowed ? upgrade : undefined;
}

export function connectionHeaders(
  request: Request,
  worker: Worker | undefined,
  upgrade: string | undefined,
): TracedHeader[] {
  const origin = 'server';
  if (upgrade !== undefined)
    return [
      { name: 'Connection', value: 'Upgrade', origin },
      { name: 'Upgrade', value: upgrade, origin: 'client' },
    ];
  const keeps = worker !== undefined && isReusable(worker) && !request.env.has('proxy-nokeepalive');
  return [{ name: 'Connection', value: keeps ? 'Keep-Alive' : 'close', origin }];
}

function isReusable({ isPattern, name, parameters }: Worker): boolean {
  if (isPattern && readUrl(name).authority.text.includes('$')) return false;
  const [disable, enable] = ['disablereuse', 'enablereuse'].map((key) => readFlag([parameters.get(key) ?? '']));
  if (disable === true || enable === false) return false;
  return !(isPattern && name.includes('$')) || enable === true || disable === false;
}

/** `ap_proxy_create_hdrbrgd`. */
export function backendHeaders(request: Request, backend: Backend, modern: boolean): TracedHeader[] {
  const headers = request.headersIn.copy();
  const savedHost = headers.get('Host');
  for (const name of connectionTokens(headers)) headers.unset(name);
  for (const name of hopByHop) headers.unset(name);
  const expects = headers.get('Expect')?.value?.toLowerCase() === '100-continue';
  if (!(modern && expects && isOn(request, 'proxy100continue', true))) headers.unset('Expect');
  if (!isOn(request, 'proxypreservehost', false))
    headers.set({ name: 'Host', value: hostHeader(backend), origin: 'server' });
  const via = valueOf(request, 'proxyvia') ?? 'off';
  if (via === 'block') headers.unset('Via');
  else if (via !== 'off') headers.merge({ name: 'Via', value: undefined, origin: 'server' });
  if (isOn(request, 'proxyaddheaders', true)) addForwarded(request, headers, savedHost);
  return [...headers.entries];
}

const hopByHop = [
  'Proxy-Connection',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Keep-Alive',
  'Upgrade',
  'Trailer',
  'TE',
];

/** Header names that the Connection header lists, which end here (`ap_proxy_clear_connection`). */
function connectionTokens(headers: HeaderTable): string[] {
  const value = headers.get('Connection')?.value ?? '';
  return value
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '' && token.toLowerCase() !== 'close');
}

function addForwarded(request: Request, headers: HeaderTable, savedHost: TracedHeader | undefined): void {
  const setting = settingOf(request, 'proxyaddheaders');
  const origin = setting ? headerOf(setting) : 'server';
  headers.merge({ name: 'X-Forwarded-For', value: request.setting.client, origin });
  if (savedHost) headers.merge({ name: 'X-Forwarded-Host', value: savedHost.value, origin });
  headers.merge({ name: 'X-Forwarded-Server', value: request.setting.serverHostname, origin });
}
