import type { Scope } from '../../model/model.ts';
import { eachNeed } from '../_shared/applications/each-need.ts';
import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { say, type NeedAbout } from '../_shared/applications/needs.ts';
import { probe, routeOf } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import type { ProxyRoute } from '../_shared/backends.ts';
import { nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  byDefault:
    '{{application}} takes bodies of {{size}} at "{{path}}", but "client_max_body_size" is left at its default of 1 MB: nginx answers larger ones with 413{{symptom}}.',
  tooSmall:
    '{{application}} takes bodies of {{size}} at "{{path}}", but "client_max_body_size" lets {{limit}} through: nginx answers larger ones with 413{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'An application takes uploads that the limit for request bodies does not let through',
    why: 'nginx answers larger bodies with 413 before the application sees them: uploads, imports and pushes fail.',
    how: 'Set "client_max_body_size" in the server or location to what the application takes; "0" leaves the limit to the application.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size'],
    options: {
      chosen: {
        type: 'boolean',
        default: false,
        description: 'Report limits that somebody chose, too, where they are below what the application takes.',
      },
    },
    pedanticOptions: { chosen: true },
  },
  messages,
  check: (context) =>
    eachNeed(
      context,
      'body-size',
      () => true,
      (site, need, seen) => checkNeed(context, site, need, seen),
    ),
});

type Context = RuleContext<typeof messages, { readonly chosen: boolean }>;

const unlimited = 2 * 1024 * 1024;

/** One finding a location, at the first path that is refused there. */
function checkNeed(context: Context, site: Site, need: NeedAbout<'body-size'>, seen: Set<Directive>): void {
  const bodySize = need.least || unlimited;
  for (const path of need.paths) {
    const probed = probe(context, site, path, { method: 'POST', bodySize });
    const route = probed && routeOf(probed.trace, site);
    const { outcome } = probed?.trace ?? {};
    if (!route || outcome?.kind !== 'response' || outcome.status !== 413 || seen.has(route.directive)) continue;
    seen.add(route.directive);
    report(context, site, need, route, probed!.path);
  }
}

function report(context: Context, site: Site, need: NeedAbout<'body-size'>, route: ProxyRoute, path: string): void {
  const limit = limitOf(route.scope);
  const certainty = route.scope.certainty('client_max_body_size');
  if (certainty === 'unread' || (limit && !context.options.chosen)) return;
  const isOpen = certainty !== 'known';
  say(context, {
    site,
    need,
    message: limit ? 'tooSmall' : 'byDefault',
    at: limit ?? route.handler.directive,
    data: { size: sizeOf(need.least), path, limit: limit?.args[0]?.value ?? '' },
    how: `Write "client_max_body_size ${valueOf(need.least)};" in this location or its server.`,
    // The level around a fragment may set it; whoever chose a limit may want it.
    ...((isOpen || limit) && { severity: 'info' }),
    ...(isOpen && { confidence: 'low' }),
  });
}

function limitOf(scope: Scope): Directive | undefined {
  const directive = scope.effective('client_max_body_size').at(-1);
  return bytesOf(directive) === undefined ? undefined : directive;
}

function sizeOf(bytes: number): string {
  return bytes === 0 ? 'any size' : `up to ${valueOf(bytes)}`;
}

const units = [
  ['g', 1024 ** 3],
  ['m', 1024 ** 2],
  ['k', 1024],
] as const;

/** In the largest unit of nginx that holds it, rounded up. */
function valueOf(bytes: number): string {
  const [letter, size] = units.find(([, unit]) => bytes >= unit) ?? ['', 1];
  return `${Math.ceil(bytes / size)}${letter}`;
}
