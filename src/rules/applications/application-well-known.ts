import { unknown, type Listener, type VirtualHost } from '../../model/model.ts';
import { eachNeed } from '../_shared/applications/each-need.ts';
import type { Trace } from '../../model/trace.ts';
import type { WellKnownNeed } from '../../facts/applications/types.ts';
import type { At } from '../../servers/diagnostic.ts';
import { isProposal, say } from '../_shared/applications/needs.ts';
import { probe, routeOf } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  redirected: '"{{path}}" must come to {{application}} over plain HTTP, and is redirected here{{symptom}}.',
  taken: '"{{path}}" must come to {{application}}, and is answered by the proxy itself here{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'A well-known path that an application must answer does not come to it',
    why: 'Certificate authorities and clients ask for these paths. Where the proxy redirects or answers them, the application gets no certificate, or its clients do not find it.',
    how: 'Make a location for the path that passes it on to the application, in front of the redirect or of what answers it now.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: ['https://www.rfc-editor.org/rfc/rfc8555#section-8.3', 'https://www.rfc-editor.org/rfc/rfc8615'],
  },
  messages,
  check(context) {
    const told = new Set<string>();
    return eachNeed(
      context,
      'well-known',
      (need) => !isProposal(need) && need.when === undefined,
      (site, need) => (need.scheme === 'http' ? checkPlain(context, site, need, told) : checkSite(context, site, need)),
    );
  },
});

type Context = RuleContext<typeof messages>;

/** Those virtual hosts that answer the same names over plain HTTP. `told`: several sites may share one. */
function checkPlain(context: Context, site: Site, need: WellKnownNeed, told: Set<string>): void {
  const names = new Set(site.host.names.map(({ text }) => text.toLowerCase()));
  for (const host of context.model.virtualHosts) {
    const listener = host.listeners.find(isPlain);
    if (!listener || !host.names.some(({ text }) => names.has(text.toLowerCase()))) continue;
    for (const path of need.paths) {
      const request = requestTo(host, listener, path);
      const trace = request && ask(context, request);
      if (!trace || !isKept(trace)) continue;
      const at = placeOf(trace, host);
      const key = `${path} ${'file' in at ? at.file.path : at.parent.file.path} ${at.start}`;
      if (told.has(key)) continue;
      told.add(key);
      say(context, { site, need, message: isRedirect(trace) ? 'redirected' : 'taken', at, data: { path } });
    }
  }
}

function isPlain({ tls, port, http3 }: Listener): boolean {
  return !tls && !http3 && port !== unknown && port === 80;
}

/** Whether the proxy answers by itself, for sure. */
function isKept({ outcome }: Trace): boolean {
  return outcome.kind === 'response' || outcome.kind === 'static';
}

function isRedirect({ outcome }: Trace): boolean {
  return outcome.kind === 'response' && outcome.status >= 300 && outcome.status < 400;
}

function placeOf({ steps, location, virtualHost }: Trace, host: VirtualHost): At {
  const redirect = steps.findLast(({ does, place }) => does === 'redirect' && place)?.place;
  return redirect ?? location?.place ?? virtualHost?.place ?? host.directive!;
}

/** A redirect to where the application does answer is as good. */
function checkSite(context: Context, site: Site, need: WellKnownNeed): void {
  for (const path of need.paths) {
    const probed = probe(context, site, path);
    if (!probed || routeOf(probed.trace, site) || !isKept(probed.trace) || isRedirect(probed.trace)) continue;
    const at = placeOf(probed.trace, site.host);
    say(context, { site, need, message: 'taken', at, data: { path: probed.path }, severity: 'info' });
    return;
  }
}
