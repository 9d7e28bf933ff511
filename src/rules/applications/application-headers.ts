import { eachSite } from '../_shared/applications/each-need.ts';
import type { HeadersNeed } from '../../facts/applications/types.ts';
import { needsOf, isProposal, say } from '../_shared/applications/needs.ts';
import { arrive, type Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { messages, type Context } from './_header-messages.ts';
import { headerOf, originOf } from './_arrived-headers.ts';
import { checkHost } from './_host-header.ts';
import { checkFormer, checkTrusted } from './_lost-and-believed-headers.ts';
import { isMissing } from './_missing-headers.ts';

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
  check: (context) =>
    eachSite(context, (site) => {
      for (const need of needsOf(site, 'headers')) if (!isProposal(need)) checkNeed(context, site, need);
      checkFormer(context, site);
      if (context.options.believed) checkTrusted(context, site);
    }),
});

function checkNeed(context: Context, site: Site, need: HeadersNeed): void {
  const arrival = arrive(context, site, need.paths?.[0] ?? '/');
  if (!arrival) return;
  for (const [name, value] of Object.entries(need.values)) {
    if (name === 'X-Forwarded-Proto') checkScheme(context, site, need, arrival);
    if (name === 'Host') checkHost(context, site, need, { arrival, value });
    else if (isMissing(site, need, arrival, name)) reportMissing(context, site, need, { arrival, name });
  }
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

function reportMissing(
  context: Context,
  site: Site,
  need: HeadersNeed,
  { arrival, name }: { readonly arrival: Arrival; readonly name: string },
): void {
  const how =
    context.dialect === 'nginx'
      ? `Set it: "proxy_set_header ${name} ...;".`
      : `Set it: "RequestHeader set ${name} ...".`;
  say(context, { site, need, message: 'missing', at: arrival.route.handler.directive, data: { name }, how });
}
