import type { Route, Scope } from '../../model/model.ts';
import { eachSite } from '../_shared/applications/each-need.ts';
import { bytesOf, isOff } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isProposal, needsOf, say, type NeedAbout } from '../_shared/applications/needs.ts';
import { arrive, type Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { delayOf } from '../_shared/event-delay.ts';
import { nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  response:
    '{{application}} streams its answers at "{{path}}", but nginx buffers them: "proxy_buffering" is on{{symptom}}.',
  request:
    '{{application}} takes large uploads at "{{path}}" as a stream, but nginx stores them first: "proxy_request_buffering" is on{{symptom}}.',
  unbuffered:
    '{{application}} counts on the proxy to take its answers up at once, but "proxy_buffering" is off here{{symptom}}.',
  headerBuffer:
    '{{application}} may send headers that are larger than "proxy_buffer_size", which is left at one page of memory (4k or 8k): nginx answers 502 then{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'The buffers of nginx do not fit an application',
    why: 'What is buffered arrives late and in pieces of another size, which breaks streams; headers of an answer that do not fit into their buffer are answered with 502.',
    how: 'Write "proxy_buffering off;" where answers are streams, and set "proxy_buffer_size" (with "proxy_buffers" of at least that size) where headers are large.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_request_buffering',
    ],
    options: {
      proposals: {
        type: 'boolean',
        default: false,
        description:
          'Report also what makes things better only: request buffering, and buffering that a vendor proposes to switch off.',
      },
    },
    pedanticOptions: { proposals: true },
  },
  messages,
  check: (context) =>
    eachSite(context, (site) => {
      const seen = new Set<string>();
      for (const need of needsOf(site, 'buffering')) {
        if (context.options.proposals || need.strength === 'breaks') checkStreams(context, site, need, seen);
      }
      for (const need of needsOf(site, 'header-buffer')) if (!isProposal(need)) checkHeaders(context, site, need);
    }),
});

type Context = RuleContext<typeof messages, { readonly proposals: boolean }>;

function checkStreams(context: Context, site: Site, need: NeedAbout<'buffering'>, seen: Set<string>): void {
  for (const path of need.paths) {
    const arrival = arrive(context, site, path);
    if (!arrival) continue;
    const { scope, directive } = arrival.route;
    if (need.response === 'buffered' && isOff(scope, 'proxy_buffering')) {
      const how = 'Leave "proxy_buffering" at "on", or have a buffering proxy in front.';
      report(context, site, need, { message: 'unbuffered', key: 'proxy_buffering', arrival, how });
    }
    for (const [message, key, wanted] of [
      ['response', 'proxy_buffering', need.response],
      ['request', 'proxy_request_buffering', need.request],
    ] as const) {
      const isSame = seen.has(`${key} ${directive.start}`);
      if (wanted !== 'streamed' || isSame || isOff(scope, key) || scope.certainty(key) === 'unread') continue;
      if (message === 'request' && !context.options.proposals) continue;
      if (message === 'response' && !context.options.proposals && passesChunks(arrival.route)) continue;
      seen.add(`${key} ${directive.start}`);
      report(context, site, need, { message, key, arrival, how: `Write "${key} off;" in this location.` });
    }
  }
}

/** What a backend sends in chunks of HTTP/1.1 goes on as it comes, buffers or not; without the directive it depends on the version of nginx. */
function passesChunks(route: Route): boolean {
  const proxied = proxyRoute(route);
  return (
    proxied !== undefined && route.scope.effective('proxy_http_version').length > 0 && delayOf(proxied) === undefined
  );
}

/** One finding a site: the size is that of the application, wherever its answers come from. */
function checkHeaders(context: Context, site: Site, need: NeedAbout<'header-buffer'>): void {
  const key = 'proxy_buffer_size';
  const arrival = arrive(context, site, '/');
  if (!arrival) return;
  const { scope } = arrival.route;
  if (bytesOf(scope.effective(key).at(-1)) !== undefined || scope.certainty(key) === 'unread') return;
  const size = `${need.usual / 1024}k`;
  const how = `Write "proxy_buffer_size ${size};" and "proxy_buffers 8 ${size};" in this location or its server.`;
  report(context, site, need, { message: 'headerBuffer', key, arrival, how });
}

interface Fault {
  readonly message: keyof typeof messages;
  readonly key: string;
  readonly arrival: Arrival;
  readonly how: string;
}

function report(
  context: Context,
  site: Site,
  need: NeedAbout<'buffering' | 'header-buffer'>,
  { message, key, arrival: { route, path }, how }: Fault,
): void {
  say(context, {
    site,
    need,
    message,
    at: settingOf(route.scope, key) ?? route.handler.directive,
    data: { path },
    how,
    // An application may switch buffering off by a header of its own, and not every answer has large headers.
    severity: 'info',
    ...(route.scope.certainty(key) !== 'known' && { confidence: 'low' }),
  });
}

function settingOf(scope: Scope, key: string): Directive | undefined {
  return scope.effective(key).at(-1);
}
