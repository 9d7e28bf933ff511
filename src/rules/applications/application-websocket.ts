import { describeRange } from '../../facts/applications/versions.ts';
import { eachSite } from '../_shared/applications/each-need.ts';
import { say } from '../_shared/applications/needs.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { playSockets, routeOfOtherVersion, type LostSocket } from '../_shared/applications/sockets.ts';
import type { ProxyRoute } from '../_shared/backends.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  otherVersion:
    'This location passes WebSockets of {{application}} on at the paths that it had {{versions}}; today they are such as "{{path}}", which it misses{{symptom}}.',
  protocol:
    '{{application}} upgrades to "{{protocol}}" at "{{path}}", but only WebSockets are passed on here{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'A route is made for the WebSockets of an application, and does not take those that it opens',
    why: 'The request for the WebSocket falls to another location, which passes it on as a plain one, or its protocol is replaced: the application answers with an error or never hears of it.',
    how: {
      nginx:
        'Let the pattern match the paths that the application has today, and pass on what the client asks for: "proxy_set_header Upgrade $http_upgrade;".',
      apache:
        'Let the pattern match the paths that the application has today; "upgrade=any" at the ProxyPass passes any protocol on.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/websocket.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#wsupgrade',
    ],
  },
  messages,
  check: (context) => eachSite(context, (site) => checkSite(context, site)),
});

type Context = RuleContext<typeof messages>;

function checkSite(context: Context, site: Site): void {
  const { lost } = playSockets(context, site);
  const seen = new Set<ProxyRoute>();
  for (const socket of lost) {
    const stale = routeOfOtherVersion(context, site, socket);
    if (stale && !seen.has(stale)) reportStale(context, site, socket, stale);
    if (stale) seen.add(stale);
    else if (socket.need.protocol !== undefined) reportProtocol(context, site, socket, socket.need.protocol);
  }
}

function reportStale(context: Context, site: Site, { need, arrival }: LostSocket, stale: ProxyRoute): void {
  const { versions } =
    site.application.needs.find(
      (other) => other.about === 'websocket' && other.paths.some((path) => need.otherPaths?.includes(path)),
    ) ?? {};
  say(context, {
    site,
    need,
    message: 'otherVersion',
    at: stale.directive,
    data: { path: arrival.path, versions: versions === undefined ? 'in other versions' : describeRange(versions) },
    // An include that was not read could pass it on for the other locations as well; hardly any does.
    ...(arrival.route.backend.certainty === 'unread' && { confidence: 'medium' }),
    related: [{ at: arrival.route.directive, message: 'takes them instead, and passes no upgrade on' }],
  });
}

/** Where nothing is passed on, missing-websocket-upgrade has said so. */
function reportProtocol(context: Context, site: Site, { need, arrival }: LostSocket, protocol: string): void {
  const { route, path } = arrival;
  if (route.backend.websocket.state !== 'full' || route.backend.certainty === 'unread') return;
  say(context, { site, need, message: 'protocol', at: route.handler.directive, data: { path, protocol } });
}
