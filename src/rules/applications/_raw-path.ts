/** Encoded slashes that an application asks for: whether they arrive as they were sent. */
import type { At } from '../../servers/diagnostic.ts';
import type { NeedAbout } from '../_shared/applications/needs.ts';
import { arrive, probe, type Probe } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { report, type Context } from './_path-report.ts';

export function checkRawPath(context: Context, site: Site, need: NeedAbout<'raw-path'>): void {
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
