import { holdsFor } from '../../facts/applications/versions.ts';
import { listOf } from '../../text/words.ts';
import { needsOf, say } from '../_shared/applications/needs.ts';
import { upgradeHeaders } from '../../requests/request-to.ts';
import { arrive } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Context } from './_header-messages.ts';
import { headerOf } from './_arrived-headers.ts';

/** Headers that a location lost, where only old versions of the application look for them. */
export function checkFormer(context: Context, site: Site): void {
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

export function checkTrusted(context: Context, site: Site): void {
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
