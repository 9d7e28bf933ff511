import { unknown } from '../../model/model.ts';
import { eachSite } from '../_shared/applications/each-need.ts';
import type { At } from '../../servers/diagnostic.ts';
import { needsOf, say, type NeedAbout } from '../_shared/applications/needs.ts';
import { arrive, probe, type Probe } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { messages, type Message, advice } from './_path-advice.ts';

export default defineRule({
  meta: {
    summary: 'An application gets other paths than its clients ask for',
    why: 'Applications look paths up, compare them with their own address, or check a signature over them: a path that was decoded, or has a prefix too much or too little, is another one.',
    how: {
      nginx:
        'Write proxy_pass without a URI, not even a slash, where the path must arrive as it was sent; with a slash at the end of both location and proxy_pass the prefix is removed.',
      apache:
        'Write "AllowEncodedSlashes NoDecode" in the virtual host and "nocanon" at the end of ProxyPass; give ProxyPass the same prefix on both sides where it must be kept.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowencodedslashes',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages,
  check: (context) =>
    eachSite(context, (site) => {
      const prefixes = site.base === '' ? [] : needsOf(site, 'sub-path');
      for (const need of prefixes) checkPrefix(context, site, need);
      if (prefixes.some(({ prefix }) => prefix === 'impossible')) return;
      for (const need of needsOf(site, 'raw-path')) checkRawPath(context, site, need);
    }),
});

type Context = RuleContext<typeof messages>;

function checkRawPath(context: Context, site: Site, need: NeedAbout<'raw-path'>): void {
  const refused = refusal(context, site, need);
  if (refused) {
    report(context, site, need, { message: 'refused', at: mainOf(site), path: refused.path });
    return;
  }
  const arrival = arrive(context, site, need.path);
  if (!arrival || need.decodedToo) return;
  const sent = arrival.outcome.uri;
  const encoded = need.path.split('/').find((part) => /%2F/i.test(part))!;
  if (sent.toLowerCase().includes(encoded.toLowerCase())) return;
  const twice = encoded.replace(/%/g, '%25');
  const message = sent.includes(twice) ? 'encodedTwice' : isDecoded(sent, encoded) ? 'decoded' : undefined;
  if (message) report(context, site, need, { message, at: arrival.route.handler.directive, path: arrival.path, sent });
}

/** nginx merges the slashes that come to stand side by side. */
function isDecoded(sent: string, encoded: string): boolean {
  return oneSlash(sent).includes(oneSlash(decodeURIComponent(encoded)));
}

function oneSlash(path: string): string {
  return path.replace(/\/+/g, '/');
}

/** Only httpd refuses; that the same path with a plain slash comes to the application shows that it would have taken it. */
function refusal(context: Context, site: Site, need: NeedAbout<'raw-path'>): Probe | undefined {
  if (context.dialect !== 'apache') return undefined;
  const probed = probe(context, site, need.path);
  const { outcome, location } = probed?.trace ?? {};
  if (outcome?.kind !== 'response' || outcome.status !== 404 || location) return undefined;
  return arrive(context, site, need.path.replace(/%2F/gi, '/')) && probed;
}

function mainOf({ routes }: Site): At {
  const shortest = routes.toSorted((a, b) => a.match.pattern.length - b.match.pattern.length)[0]!;
  return shortest.handler.directive;
}

const page = '/proxylint';

function checkPrefix(context: Context, site: Site, need: NeedAbout<'sub-path'>): void {
  const arrival = arrive(context, site, page);
  if (!arrival || arrival.route.handler.target.path === unknown) return;
  const sent = arrival.outcome.uri;
  const at = arrival.route.handler.directive;
  if (need.prefix === 'impossible')
    report(context, site, need, { message: 'impossible', at, path: arrival.path, sent });
  else if (need.prefix === 'kept' && sent === page)
    report(context, site, need, { message: 'prefixLost', at, path: arrival.path, sent });
  else if (need.prefix === 'removed' && sent === arrival.path) {
    report(context, site, need, { message: 'prefixKept', at, path: arrival.path, sent });
  }
}

interface Fault {
  readonly message: Message;
  readonly at: At;
  readonly path: string;
  readonly sent?: string;
}

function report(
  context: Context,
  site: Site,
  need: NeedAbout<'raw-path' | 'sub-path'>,
  { message, at, path, sent }: Fault,
): void {
  say(context, {
    site,
    need,
    message,
    at,
    data: { path, sent: sent ?? '', base: site.base },
    how: advice(context.dialect, message),
  });
}
