import type { Scope } from '../../model/model.ts';
import { eachNeed } from '../_shared/applications/each-need.ts';
import { secondsOf } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isProposal, say, type NeedAbout } from '../_shared/applications/needs.ts';
import { arrive, type Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  byDefault:
    '{{application}} may be silent for {{least}} s at "{{path}}", but nginx gives up after 60 s, the default of "proxy_read_timeout"{{symptom}}.',
  tooShort:
    '{{application}} may be silent for {{least}} s at "{{path}}", but nginx gives up after {{limit}} s{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'The proxy gives up before an application answers',
    why: 'nginx ends a request over which the backend sent nothing for proxy_read_timeout: channels break off, and long jobs are answered with 504.',
    how: 'Set "proxy_read_timeout" in the location to more than the application may be silent.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout'],
  },
  messages,
  check: (context) =>
    eachNeed(
      context,
      'timeout',
      (need) => !isProposal(need),
      (site, need, seen) => checkNeed(context, site, need, seen),
    ),
});

type Context = RuleContext<typeof messages>;

const usual = 60;

function checkNeed(context: Context, site: Site, need: NeedAbout<'timeout'>, seen: Set<Directive>): void {
  for (const path of need.paths) {
    const arrival = arrive(context, site, path);
    if (!arrival || seen.has(arrival.route.directive)) continue;
    const { scope } = arrival.route;
    const directive = scope.effective('proxy_read_timeout').at(-1);
    const seconds = directive ? secondsOf(directive) : usual;
    if (seconds === undefined || seconds >= need.least || scope.certainty('proxy_read_timeout') === 'unread') continue;
    seen.add(arrival.route.directive);
    report(context, site, need, arrival, { directive, seconds, scope });
  }
}

interface Limit {
  readonly directive: Directive | undefined;
  readonly seconds: number;
  readonly scope: Scope;
}

function report(
  context: Context,
  site: Site,
  need: NeedAbout<'timeout'>,
  { route, path }: Arrival,
  { directive, seconds, scope }: Limit,
): void {
  const isOpen = scope.certainty('proxy_read_timeout') !== 'known';
  say(context, {
    site,
    need,
    message: directive ? 'tooShort' : 'byDefault',
    at: directive ?? route.handler.directive,
    data: { least: need.least, path, limit: seconds },
    how: `Write "proxy_read_timeout ${need.least}s;" in this location.`,
    // How long an application is silent depends on what its users do.
    severity: 'info',
    ...(isOpen && !directive && { confidence: 'low' }),
  });
}
