/** What the config file says under `applications`. */
import type { ApplicationSetting, ToldApplication } from '../../../facts/applications/told.ts';
import { unknown, type VirtualHost } from '../../../model/model.ts';
import { readUrl } from '../../../model/url.ts';
import { isSite, type ProxyRoute } from '../backends.ts';
import { destinationsOf } from '../../../model/destinations.ts';

/** @param isMain whether the routes are those of the site as a whole, which a host name alone stands for */
export function toldBySetting(
  settings: readonly ApplicationSetting[],
  host: VirtualHost,
  routes: readonly ProxyRoute[],
  isMain: boolean,
): ToldApplication | undefined {
  return settings.find(({ of }) => (of.includes('://') ? isBackend(of, routes) : isHost(of, host, routes, isMain)));
}

function isBackend(of: string, [first]: readonly ProxyRoute[]): boolean {
  const { scheme, host, port } = readUrl(of);
  const { target } = first!.handler;
  if (target.host !== unknown && target.host.toLowerCase() === host.text.toLowerCase() && !port && target.upstream)
    return true;
  return destinationsOf(first!.handler).some(
    (destination) =>
      destination.host === host.text.toLowerCase() &&
      (port ? Number(port.text) === destination.port : scheme?.text === destination.scheme),
  );
}

function isHost(of: string, { names }: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): boolean {
  const [, name, path] = /^([^/]*)(\/.*)?$/s.exec(of)!;
  if (!names.some(({ text }) => text.toLowerCase() === name!.toLowerCase())) return false;
  const prefix = (path ?? '/').replace(/\/$/, '');
  if (prefix === '') return isMain;
  return routes.some((route) => !isSite(route) && route.match.pattern.replace(/\/$/, '') === prefix);
}
