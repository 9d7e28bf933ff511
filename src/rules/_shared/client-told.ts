/** What a backend is told of the client, by whatever header. */
import { unknown } from '../../model/model.ts';
import type { ProxyRoute } from './backends.ts';

/** True if the backend receives one of the headers (lower-cased names), or if an inner level lost it, which is a finding of its own. */
export function receivesOrLost({ backend }: ProxyRoute, names: readonly string[]): boolean {
  return (
    names.some((name) => backend.headers.has(name)) ||
    backend.lost.some(({ name }) => names.includes(name.toLowerCase()))
  );
}

/** What frameworks and application servers read; some of them by another name only. */
const schemeHeaders = [
  'x-forwarded-proto',
  'forwarded',
  'x-scheme',
  'x-forwarded-scheme',
  'x-forwarded-protocol',
  'x-forwarded-ssl',
  'x-url-scheme',
  'front-end-https',
];

/** nginx's and httpd's names of the scheme. */
const scheme = /\$\{?(?:scheme|https)\b|\bREQUEST_SCHEME\b|%\{HTTPS\}/;

export function tellsScheme(route: ProxyRoute): boolean {
  if (receivesOrLost(route, schemeHeaders)) return true;
  for (const { value } of route.backend.headers.values()) if (value !== unknown && scheme.test(value)) return true;
  return false;
}

const addressHeaders = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip', 'true-client-ip'];

/** nginx's and httpd's names of the client's address. */
const address = /\$\{?(?:proxy_add_x_forwarded_for|(?:binary_|realip_|proxy_protocol_)?(?:remote_)?addr)\b|REMOTE_ADDR/;

export function tellsAddress(route: ProxyRoute): boolean {
  if (receivesOrLost(route, addressHeaders)) return true;
  for (const { value } of route.backend.headers.values()) if (value !== unknown && address.test(value)) return true;
  return false;
}
