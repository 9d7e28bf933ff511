/** The name under which an application is told that it was asked for. */
import { headerValue } from '../../model/headers.ts';
import { withoutPort } from '../../model/url.ts';
import { isLoopbackHost } from '../../model/network.ts';
import type { HeadersNeed, HeaderValue } from '../../facts/applications/types.ts';
import { say } from '../_shared/applications/needs.ts';
import type { Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { destinationsOf } from '../../model/destinations.ts';
import type { Context } from './_header-messages.ts';
import { headerOf, originOf } from './_arrived-headers.ts';

export interface Asked {
  readonly arrival: Arrival;
  readonly value: HeaderValue;
}

export function checkHost(context: Context, site: Site, need: HeadersNeed, { arrival, value }: Asked): void {
  const client = headerValue(arrival.request.headers, 'host')!;
  const header = headerOf(arrival, 'host');
  const sent = header?.value;
  // A piece of a virtual host: the rest of it may set the header.
  if (sent === undefined || !site.host.directive || isToldOtherwise(arrival, need, client)) return;
  const at = originOf(header!) ?? arrival.route.handler.directive;
  const data = { host: client, sent };
  if (value === 'backend') {
    if (nameOf(sent) !== nameOf(client) || !isOnLoopback(arrival)) return;
    const how =
      context.dialect === 'nginx'
        ? 'Leave "Host" to nginx, which sends the address of the backend.'
        : 'Write "ProxyPreserveHost Off".';
    say(context, { site, need, message: 'clientHost', at, data, how, severity: 'info' });
  } else if (nameOf(sent) !== nameOf(client)) {
    // What nginx sends by itself, missing-host-header tells, unless another header has the name.
    const isDefault = context.dialect === 'nginx' && header!.origin === 'server';
    if (isDefault && !headerOf(arrival, 'x-forwarded-host')) return;
    const how = hostAdvice[dialectOf(context)];
    say(context, { site, need, message: 'otherHost', at, data, how, ...(isDefault && { severity: 'info' }) });
  } else if (value === 'client' && sent !== client) {
    say(context, { site, need, message: 'portLost', at, data, how: hostAdvice[dialectOf(context)] });
  }
}

const hostAdvice = {
  nginx: 'Write "proxy_set_header Host $http_host;", which keeps the port.',
  apache: 'Write "ProxyPreserveHost On" in this virtual host.',
} as const;

function dialectOf({ dialect }: Context): 'nginx' | 'apache' {
  return dialect === 'apache' ? 'apache' : 'nginx';
}

/** Another header with the client's host in it does as well; so does one whose value is not known. */
function isToldOtherwise({ outcome }: Arrival, { orBy = {} }: HeadersNeed, client: string): boolean {
  const names = new Set((orBy['Host'] ?? []).map((name) => name.toLowerCase()));
  return outcome.headers.some(
    ({ name, value, origin }) =>
      names.has(name.toLowerCase()) && origin !== 'client' && (value === undefined || value.includes(client)),
  );
}

function isOnLoopback({ route }: Arrival): boolean {
  const destinations = destinationsOf(route.handler);
  return destinations.length > 0 && destinations.every(({ host }) => isLoopbackHost(host));
}

function nameOf(host: string): string {
  return withoutPort(host).toLowerCase();
}
