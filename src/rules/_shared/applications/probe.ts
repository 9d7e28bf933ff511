/** Sends the requests of an application through the config. */
import type { Listener, VirtualHost } from '../../../model/model.ts';
import type { Outcome, Trace, TraceRequest } from '../../../model/trace.ts';
import type { RuleContext } from '../../define-rule.ts';
import type { ProxyRoute } from '../backends.ts';
import { ask } from '../../../requests/ask.ts';
import { requestTo } from '../../../requests/request-to.ts';
import { routeAt } from '../route-at.ts';
import type { Site } from './sites.ts';

export interface ProbeOptions {
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Bytes. */
  readonly bodySize?: number;
  /** Left out: over TLS where the virtual host is reached so. */
  readonly listener?: Listener | undefined;
}

/** A request of an application, and what became of it. */
export interface Probe {
  readonly path: string;
  readonly request: TraceRequest;
  readonly trace: Trace;
}

/** One that came to the application. */
export interface Arrival extends Probe {
  readonly route: ProxyRoute;
  readonly outcome: Extract<Outcome, { kind: 'proxy' }>;
}

type Asking = Pick<RuleContext<never>, 'config' | 'model' | 'targets'>;

/** `path`: of the application at the root; undefined where no such request can be named, or another virtual host answers it. */
export function probe(asking: Asking, site: Site, path: string, options: ProbeOptions = {}): Probe | undefined {
  const { method = 'GET', headers = [], bodySize = 0, listener = listenerOf(site.host) } = options;
  const at = `${site.base}${path}`;
  const plain = requestTo(site.host, listener, at, method);
  if (!plain) return undefined;
  const request = { ...plain, headers: [...plain.headers, ...headers], bodySize };
  return { path: at, request, trace: ask(asking, request) };
}

/** As {@link probe}, where the request comes to the application. */
export function arrive(asking: Asking, site: Site, path: string, options?: ProbeOptions): Arrival | undefined {
  const probed = probe(asking, site, path, options);
  const route = probed && routeOf(probed.trace, site);
  if (!route || probed.trace.outcome.kind !== 'proxy') return undefined;
  return { ...probed, route, outcome: probed.trace.outcome };
}

/** The route to the application that took the request, even where it was refused then. */
export function routeOf({ location, outcome }: Trace, { routes }: Site): ProxyRoute | undefined {
  return outcome.kind === 'unknown' ? undefined : routeAt(routes, location?.place);
}

export function listenerOf({ listeners }: VirtualHost): Listener | undefined {
  return listeners.find(({ tls, http3 }) => tls && !http3) ?? listeners.find(({ http3 }) => !http3);
}
