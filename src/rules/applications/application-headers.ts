import { headerValue, tracedHeader } from '../../model/headers.ts';
import { withoutPort } from '../../model/url.ts';
import { isLoopbackHost } from '../../model/network.ts';
import type { TracedHeader } from '../../model/trace.ts';
import type { Place } from '../../text/source.ts';
import { holdsFor } from '../../facts/applications/versions.ts';
import type { HeadersNeed, HeaderValue } from '../../facts/applications/types.ts';
import { listOf } from '../../text/words.ts';
import { needsOf, isProposal, say } from '../_shared/applications/needs.ts';
import { arrive, upgradeHeaders, type Arrival } from '../_shared/applications/probe.ts';
import { sitesOf, type Site } from '../_shared/applications/sites.ts';
import { destinationsOf } from '../../model/destinations.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import type { Directive } from '../../syntax/tree.ts';

const messages = {
  portLost:
    'Clients ask for "{{host}}", and {{application}} is told "Host: {{sent}}": it compares the two with the port{{symptom}}.',
  otherHost: 'Clients ask for "{{host}}", and {{application}} is told "Host: {{sent}}"{{symptom}}.',
  clientHost:
    '{{application}} is told the name that the client asked for ("{{sent}}"), and takes only names of its own machine{{symptom}}.',
  byOther:
    '{{application}} is told the scheme by "{{name}}" only, which it reads; "X-Forwarded-Proto" is missing for what stands behind it.',
  missing: '{{application}} is not sent "{{name}}"{{symptom}}.',
  formerly:
    '{{names}} of the outer level {{verb}} not arrive here, as this level has headers of its own; only {{application}} reads {{pronoun}}.',
  believed:
    '"{{name}}" of the client arrives at {{application}}, which believes it where that is switched on{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'An application is not sent the headers that it needs, or with another value',
    why: 'Applications check where a request comes from, and build addresses, by what the proxy says in headers.',
    how: {
      nginx: 'Set the header with "proxy_set_header" in the level whose headers the location uses.',
      apache: 'Write "ProxyPreserveHost On" for the name of the client, and "RequestHeader set" for other headers.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost',
    ],
    options: {
      believed: {
        type: 'boolean',
        default: false,
        description:
          'Report headers that say who is signed in and come through from the client, though only a setting of the application makes it believe them.',
      },
    },
    pedanticOptions: { believed: true },
  },
  messages,
  check: (context) => ({
    async end() {
      for (const site of await sitesOf(context)) {
        for (const need of needsOf(site, 'headers')) if (!isProposal(need)) checkNeed(context, site, need);
        checkFormer(context, site);
        if (context.options.believed) checkTrusted(context, site);
      }
    },
  }),
});

type Context = RuleContext<typeof messages, { readonly believed: boolean }>;

function checkNeed(context: Context, site: Site, need: HeadersNeed): void {
  const arrival = arrive(context, site, need.paths?.[0] ?? '/');
  if (!arrival) return;
  for (const [name, value] of Object.entries(need.values)) {
    if (name === 'X-Forwarded-Proto') checkScheme(context, site, need, arrival);
    if (name === 'Host') checkHost(context, site, need, { arrival, value });
    else if (isOwn(name) && need.strength === 'breaks') checkPresence(context, site, need, { arrival, name, value });
  }
}

interface Asked {
  readonly arrival: Arrival;
  readonly value: HeaderValue;
}

function checkHost(context: Context, site: Site, need: HeadersNeed, { arrival, value }: Asked): void {
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
    // What nginx sends by itself, missing-host-header tells.
    if (context.dialect === 'nginx' && header!.origin === 'server') return;
    say(context, { site, need, message: 'otherHost', at, data, how: hostAdvice[dialectOf(context)] });
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

/** Headers that no rule about all backends asks for. */
function isOwn(name: string): boolean {
  return !/^(?:X-Forwarded-(?:For|Proto|Host|Port)|X-Real-IP|Content-Length)$/i.test(name);
}

/** The generic rule takes any header that tells the scheme; here it is known which ones are read. */
function checkScheme(context: Context, site: Site, need: HeadersNeed, arrival: Arrival): void {
  if (arrival.request.scheme !== 'https' || headerOf(arrival, 'x-forwarded-proto')) return;
  const other = need.orBy?.['X-Forwarded-Proto']?.find((name) => headerOf(arrival, name));
  if (other === undefined) return;
  const how =
    context.dialect === 'nginx'
      ? 'Add "proxy_set_header X-Forwarded-Proto $scheme;".'
      : 'Add "RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}".';
  const at = originOf(headerOf(arrival, other)!) ?? arrival.route.handler.directive;
  say(context, { site, need, message: 'byOther', at, data: { name: other }, how, severity: 'info' });
}

interface Required extends Asked {
  readonly name: string;
}

function checkPresence(context: Context, site: Site, need: HeadersNeed, { arrival, name, value }: Required): void {
  if (value === 'absent' || (value === 'prefix' && site.base === '')) return;
  const names = [name, ...(need.orBy?.[name] ?? [])];
  if (names.some((each) => headerOf(arrival, each)) || need.bySetting || arrival.route.backend.certainty === 'unread')
    return;
  const how =
    context.dialect === 'nginx'
      ? `Set it: "proxy_set_header ${name} ...;".`
      : `Set it: "RequestHeader set ${name} ...".`;
  say(context, { site, need, message: 'missing', at: arrival.route.handler.directive, data: { name }, how });
}

/** Headers that a location lost, where only old versions of the application look for them. */
function checkFormer(context: Context, site: Site): void {
  const seen = new Set<Directive>();
  const former = needsOf(site, 'headers').filter(({ versions }) => holdsFor(versions, site.version) === 'maybe');
  const [need] = former;
  if (!need) return;
  const asked = new Set(former.flatMap(({ values }) => Object.keys(values).map((name) => name.toLowerCase())));
  for (const path of needsOf(site, 'websocket').flatMap(({ paths }) => paths)) {
    const route = arrive(context, site, path, { headers: upgradeHeaders() })?.route;
    if (!route || seen.has(route.directive)) continue;
    seen.add(route.directive);
    const lost = route.backend.lost.map(({ name }) => name).filter((name) => asked.has(name.toLowerCase()));
    if (lost.length === 0) continue;
    const isOne = lost.length === 1;
    const data = {
      names: listOf(lost.map((name) => `"${name}"`)),
      verb: isOne ? 'does' : 'do',
      pronoun: isOne ? 'it' : 'them',
    };
    say(context, { site, need, message: 'formerly', at: route.directive, data, how: formerAdvice, severity: 'info' });
  }
}

const formerAdvice = 'Repeat the headers of the outer level here for an old version; a newer one does without them.';

function checkTrusted(context: Context, site: Site): void {
  for (const need of needsOf(site, 'trusted-header')) {
    for (const name of need.names) {
      const arrival = arrive(context, site, '/', { headers: [[name, forged]] });
      const header = arrival && headerOf(arrival, name);
      if (header?.origin !== 'client' || header.value !== forged) continue;
      const how =
        context.dialect === 'nginx' ? `Write "proxy_set_header ${name} "";".` : `Write "RequestHeader unset ${name}".`;
      say(context, {
        site,
        need,
        message: 'believed',
        at: arrival!.route.handler.directive,
        data: { name },
        how,
        severity: 'info',
      });
    }
  }
}

const forged = 'somebody';

function headerOf({ outcome }: Arrival, name: string): TracedHeader | undefined {
  return tracedHeader(outcome.headers, name.toLowerCase());
}

function originOf({ origin }: TracedHeader): Place | undefined {
  return typeof origin === 'string' ? undefined : origin;
}
