import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isProposal, say, type NeedAbout } from '../_shared/applications/needs.ts';
import { arrive, type Arrival } from '../_shared/applications/probe.ts';
import { eachNeed } from '../_shared/applications/each-need.ts';
import type { Site } from '../_shared/applications/sites.ts';
import type { ProxyRoute } from '../_shared/backends.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { apacheClientWait, waitIn, type Wait } from '../_shared/read-timeouts.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  byDefault:
    '{{application}} may be silent for {{least}} s at "{{path}}", but {{server}} gives up after 60 s, the default of "{{setting}}"{{symptom}}.',
  tooShort:
    '{{application}} may be silent for {{least}} s at "{{path}}", but {{server}} gives up after {{limit}} s{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'The proxy gives up before an application answers',
    why: 'The proxy ends a request over which the backend sent nothing for that long: channels break off, and long jobs are answered with 504 or 502.',
    how: {
      nginx: 'Set "proxy_read_timeout" in the location to more than the application may be silent.',
      apache: 'Set "timeout=" at the ProxyPass to more than the application may be silent.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages,
  check: {
    nginx: (context) => eachTimeout(context, () => true),
    apache(context) {
      // It may set the time for any worker.
      let isSetElsewhere = false;
      const directives = { proxyset: () => void (isSetElsewhere = true) };
      return { ...eachTimeout(context, () => !isSetElsewhere), directives };
    },
  },
});

type Context = RuleContext<typeof messages>;

function eachTimeout(context: Context, isKnown: () => boolean): Visitor {
  return eachNeed(
    context,
    'timeout',
    (need) => isKnown() && !isProposal(need),
    (site, need, seen) => checkNeed(context, site, need, seen),
  );
}

const keys = { nginx: 'proxy_read_timeout', apache: 'proxytimeout' } as const;

function checkNeed(context: Context, site: Site, need: NeedAbout<'timeout'>, seen: Set<Directive>): void {
  for (const path of need.paths) {
    const arrival = arrive(context, site, path);
    if (!arrival || seen.has(arrival.route.handler.directive)) continue;
    const wait = waitOf(context, site, arrival);
    if (!wait || wait.seconds >= need.least) continue;
    seen.add(arrival.route.handler.directive);
    report(context, site, need, arrival, wait);
  }
}

/** Undefined: not known. */
function waitOf({ dialect }: Context, { host }: Site, { route }: Arrival): Wait | undefined {
  const { scope, backend, handler } = route;
  const wait = waitIn(dialect, scope, handler.directive);
  if (dialect === 'apache' && host.routes.some((other) => sharesWorker(other, route))) return undefined;
  if (!wait || dialect === 'nginx' || backend.websocket.state !== 'full') return wait;
  const other = apacheClientWait(scope);
  return other === undefined ? undefined : { ...wait, seconds: Math.max(wait.seconds, other) };
}

/** An earlier worker of a URL that this one begins with is used for both; it has a time of its own. */
function sharesWorker({ handler }: Route, { handler: { directive, target } }: ProxyRoute): boolean {
  if (handler.kind !== 'proxy' || handler.directive.start >= directive.start) return false;
  const isTimed = handler.directive.args.some(({ value }) => /^timeout=/i.test(value));
  return isTimed && target.word.value.startsWith(handler.target.word.value);
}

function report(
  context: Context,
  site: Site,
  need: NeedAbout<'timeout'>,
  { route, path }: Arrival,
  { directive, seconds }: Wait,
): void {
  const isNginx = context.dialect === 'nginx';
  const isOpen = route.scope.certainty(isNginx ? keys.nginx : keys.apache) !== 'known';
  const { least } = need;
  say(context, {
    site,
    need,
    message: directive ? 'tooShort' : 'byDefault',
    at: directive ?? route.handler.directive,
    data: {
      least,
      path,
      limit: seconds,
      server: isNginx ? 'nginx' : 'httpd',
      setting: isNginx ? 'proxy_read_timeout' : 'Timeout',
    },
    how: isNginx
      ? `Write "proxy_read_timeout ${least}s;" in this location.`
      : `Write "timeout=${least}" at the end of the ProxyPass.`,
    // How long an application is silent depends on what its users do.
    severity: 'info',
    ...(isOpen && !directive && { confidence: 'low' }),
  });
}
