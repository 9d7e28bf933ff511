/** Backends that are reached over TLS through a network that is not one's own. */
import { unknown, type Route, type Target, type Unknown, type VirtualHost } from '../../model/model.ts';
import { isPublicName } from '../_shared/backends.ts';

export interface TlsRoute extends Route {
  readonly handler: Extract<Route['handler'], { kind: 'proxy' }>;
}

const secure = /^(?:https|wss|grpcs)$/i;

/** Routes of a host to https:// URLs with a public name: that of the URL, or of a server of its upstream group. */
export function publicTlsRoutes(host: VirtualHost): TlsRoute[] {
  return host.routes.filter((route): route is TlsRoute => {
    const { handler, preemptedBy } = route;
    if (handler.kind !== 'proxy' || preemptedBy) return false;
    const { scheme, host: name, upstream } = handler.target;
    if (upstream) {
      return upstream.servers.some(({ address }) => {
        const [, written, server = ''] = /^(?:(\w+):\/\/)?([^:/]+)/.exec(address.value) ?? [];
        return isPublicName(server) && isSecure(written ?? scheme);
      });
    }
    return isSecure(scheme) && name !== unknown && isPublicName(name);
  });
}

const secureUrl = /^(?:https|wss|h2):\/\//i;

/** httpd: a target that is spoken to over TLS; a balancer if one of its members is. */
export function isTlsTarget({ scheme, word, upstream }: Target): boolean {
  if (upstream) return upstream.servers.some(({ address }) => secureUrl.test(address.value));
  return scheme !== unknown && secureUrl.test(`${scheme}://`) && !word.value.includes('balancer:');
}

function isSecure(scheme: string | Unknown): boolean {
  return scheme !== unknown && secure.test(scheme);
}

/** `proxy_ssl_` or `grpc_ssl_`: the family of nginx directives for a route. */
export function nginxTlsPrefix({ handler }: TlsRoute): string {
  return handler.protocol === 'grpc' ? 'grpc_ssl_' : 'proxy_ssl_';
}
