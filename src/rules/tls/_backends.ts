/** Backends that are reached over TLS through a network that is not one's own. */
import { unknown, type Route, type Target, type Unknown, type VirtualHost } from '../../model/model.ts';
import { isPublicName } from '../_shared/backends.ts';
import { readUrl } from '../../model/url.ts';
import { isTlsScheme, schemeOf } from '../../model/scheme.ts';

export interface TlsRoute extends Route {
  readonly handler: Extract<Route['handler'], { kind: 'proxy' }>;
}

/** Routes of a host to https:// URLs with a public name: that of the URL, or of a server of its upstream group. */
export function publicTlsRoutes(host: VirtualHost): TlsRoute[] {
  return host.routes.filter((route): route is TlsRoute => {
    const { handler, preemptedBy } = route;
    if (handler.kind !== 'proxy' || preemptedBy) return false;
    const { scheme, host: name, upstream } = handler.target;
    if (upstream) {
      return upstream.servers.some(({ address }) => {
        const server = readUrl(address.value);
        return isPublicName(server.host.text) && isSecure(server.scheme?.text ?? scheme);
      });
    }
    return isSecure(scheme) && name !== unknown && isPublicName(name);
  });
}

/** httpd: a target that is spoken to over TLS; a balancer if one of its members is. */
export function isTlsTarget({ scheme, word, upstream }: Target): boolean {
  if (upstream) return upstream.servers.some(({ address }) => isTlsScheme(schemeOf(address.value) ?? ''));
  return isSecure(scheme) && !word.value.includes('balancer:');
}

function isSecure(scheme: string | Unknown): boolean {
  return scheme !== unknown && isTlsScheme(scheme);
}

/** `proxy_ssl_` or `grpc_ssl_`: the family of nginx directives for a route. */
export function nginxTlsPrefix({ handler }: TlsRoute): string {
  return handler.protocol === 'grpc' ? 'grpc_ssl_' : 'proxy_ssl_';
}
