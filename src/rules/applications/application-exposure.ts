import { listOf } from '../../text/words.ts';
import { eachNeed } from '../_shared/applications/each-need.ts';
import type { PrivateNeed } from '../../facts/applications/types.ts';
import { say } from '../_shared/applications/needs.ts';
import { arrive, type Arrival } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  exposed: 'Everybody reaches {{paths}} of {{application}} here, which {{verb}} not meant for the public.',
} as const;

export default defineRule({
  meta: {
    summary: 'Pages of an application that are not meant for everybody are reached through the proxy',
    why: 'Metrics, debugging and administration of an application are often open to whoever reaches them, since the proxy is expected to keep others out.',
    how: {
      nginx: 'Close them: "location /path { return 404; }", or let known networks in with "allow" and "deny".',
      apache: 'Close them: a <Location> with "Require ip ..." or "Require all denied".',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_access_module.html',
      'https://httpd.apache.org/docs/2.4/howto/access.html',
    ],
    options: {
      restricted: {
        type: 'boolean',
        default: false,
        description: 'Report also pages that vendors propose to open for known networks only.',
      },
    },
    pedanticOptions: { restricted: true },
  },
  messages,
  check: (context) =>
    eachNeed(
      context,
      'private',
      (need) => isMeant(need, context.options.restricted),
      (site, need) => checkNeed(context, site, need),
    ),
});

type Context = RuleContext<typeof messages, { readonly restricted: boolean }>;

function isMeant({ degree, when }: PrivateNeed, restricted: boolean): boolean {
  return restricted || (degree === 'closed' && when === undefined);
}

function checkNeed(context: Context, site: Site, need: PrivateNeed): void {
  const open = need.paths.flatMap((path): Arrival[] => {
    const arrival = arrive(context, site, path);
    return arrival ? [arrival] : [];
  });
  const [first] = open;
  if (!first) return;
  say(context, {
    site,
    need,
    message: 'exposed',
    at: first.route.handler.directive,
    data: { paths: listOf(open.map(({ path }) => `"${path}"`)), verb: open.length === 1 ? 'is' : 'are' },
    // Whether anybody but its owner reaches the proxy is not written in its config.
    severity: 'info',
  });
}
