import type { Edit } from '../finding.ts';
import { backendName, type ProxyRoute } from '../_shared/backends.ts';
import { withoutScheme } from '../../model/scheme.ts';
import { colouredBy, headerStance } from '../_shared/applications/header-stance.ts';
import { sitesOf, type Site } from '../_shared/applications/sites.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { untoldGroups } from './_untold.ts';
import { addHost, tellsHost, keepsHost, confidenceOf } from './_told-hosts.ts';

const messages = {
  group:
    'The backend receives "Host: {{host}}", the name of the upstream group, instead of the name the client asked for.',
  literal: 'The backend receives "Host: {{host}}", whatever name the client asked for.',
  address: 'The backend receives "Host: {{host}}", its own address, instead of the name the client asked for.',
} as const;

const why =
  'The backend builds links, redirects and cookies for the name in Host, and chooses a virtual host by it. With the name of an upstream group or an inner address there, links lead nowhere.';

export default defineRule({
  meta: {
    summary: 'A backend receives its own address as Host instead of the name the client asked for',
    why,
    how: {
      nginx: 'Hand the name on with "proxy_set_header Host $host;", or tell it in X-Forwarded-Host.',
      apache: 'Hand the name on with "ProxyPreserveHost On", or tell it in X-Forwarded-Host.',
    },
    whenOff:
      'Where the backend has its public name in its own configuration, or is another site that wants to be asked by its own name.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost',
    ],
    options: {
      apache: {
        type: 'boolean',
        default: false,
        description:
          'Report Apache too, which always sends X-Forwarded-Host; whether that is enough is up to the backend.',
      },
    },
    pedanticOptions: { apache: true },
  },
  messages,
  check: {
    nginx: (context) => visitor(context, tellsHost, addHost),
    apache: (context) => (context.options.apache ? visitor(context, keepsHost) : {}),
  },
});

type Context = RuleContext<typeof messages, { readonly apache: boolean }>;

type EditsFor = (routes: readonly ProxyRoute[]) => Edit[];

function visitor(context: Context, tells: (route: ProxyRoute) => boolean, editsFor?: EditsFor): Visitor {
  const groups: ProxyRoute[][] = [];
  return {
    virtualHost: (host) => void groups.push(...untoldGroups(host, tells)),
    async end() {
      if (groups.length > 0) check(context, groups, await sitesOf(context), editsFor);
    },
  };
}

function check(
  { report }: Context,
  groups: readonly ProxyRoute[][],
  sites: readonly Site[],
  editsFor: EditsFor | undefined,
): void {
  for (const [first, ...others] of groups) {
    const coloured = colouredBy(headerStance(sites, first!, 'host'), why);
    if (!coloured) continue;
    const { target } = first!.handler;
    const written = first!.backend.headers.get('host');
    if (written && written.origin !== 'default') {
      const at = written.origin;
      // A backend that knows no other name is given this one on purpose.
      const common = { severity: 'info', confidence: 'medium', ...coloured } as const;
      report({ message: 'literal', at, data: { host: String(written.value) }, ...common });
      continue;
    }
    const edits = editsFor?.([first!, ...others]) ?? [];
    report({
      message: target.upstream ? 'group' : 'address',
      at: first!.directive,
      data: { host: target.upstream?.name ?? withoutScheme(backendName(target)) },
      confidence: confidenceOf(first!),
      // httpd tells the name in X-Forwarded-Host.
      ...(!editsFor && { severity: 'info' }),
      related: others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
      ...(edits.length > 0 && { fix: { title: 'Hand the name on', edits } }),
      ...coloured,
    });
  }
}
