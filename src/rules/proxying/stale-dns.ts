import { changesAddress } from '../../facts/changing-hosts.ts';
import { unknown, type VirtualHost } from '../../model/model.ts';
import { isTrue, sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isPublicName } from '../_shared/backends.ts';
import { nginxPass, apachePass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { resolverOf, isNamedByVariable, isLookedUp, type CheckHost, hooksFor, checkStream } from './_lookups.ts';

const messages = {
  once: 'The host "{{host}}" is looked up only once, {{when}}, and its address changes.',
  resolver:
    'The host "{{host}}" is looked up only once, when nginx starts: the resolver is asked only for names in variables.',
  perhaps:
    'The host "{{host}}" is looked up only once, {{when}}: should its address change, requests go to the old one.',
} as const;

/** The address of a backend that is none of IPv4. */
const notIpv4 = /^(?!(?:\w{1,20}:\/\/)?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::|\/|$))/;
const notIpv4Url = /\/\/(?!\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::|\/|$))|\$\{/;

export default defineRule({
  meta: {
    summary: 'The address of a backend that moves is looked up only once',
    why: 'nginx and sslh look up a host name at their start, Apache once a process: when the service moves to other addresses, requests go to the old ones, which may belong to somebody else by then.',
    how: {
      nginx:
        'Use "resolver" and, since 1.27.3, "server ... resolve;" with a "zone" in the upstream, else a variable in proxy_pass.',
      apache: 'Add "disablereuse=on" to the ProxyPass, or "addressttl=" where it is known.',
      sslh: 'Add "resolve_on_forward: true;" to the entry, which sslh has since 2.0.',
    },
    whenOff: 'Where the address never moves, or the server is reloaded when it does.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxPass(notIpv4), { server: notIpv4 }], apache: [apachePass(notIpv4Url)] },
    pedanticOptions: { hosts: 'public' },
    options: {
      hosts: {
        type: 'string',
        enum: ['changing', 'public', 'all'],
        default: 'changing',
        description:
          'Host names to report: those of services whose addresses are known to change; all but those of an inner network; or all with a dot.',
      },
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://github.com/yrutschle/sslh/blob/master/example.cfg',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const checkHost = checkerOf(context, {
        when: 'when nginx starts',
        areWordsHosts: context.config.serversComplete,
      });
      const stream = (directive: Directive): void => checkStream(directive, checkHost);
      return {
        ...hooksFor(checkHost),
        directives: { server: stream, proxy_pass: stream },
        virtualHost: (host) => checkResolvers(context, host),
      };
    },
    apache: (context) => hooksFor(checkerOf(context, { when: 'by each process of Apache', areWordsHosts: false })),
    sslh: (context) => ({ start: () => checkEntries(context) }),
  },
});

type Context = RuleContext<typeof messages, { readonly hosts: 'changing' | 'public' | 'all' }>;
/** A resolver that is there for backends, and a backend whose name it is not asked for. */
function checkResolvers({ report }: Context, { routes }: VirtualHost): void {
  const asked = new Set(routes.filter(({ handler }) => isNamedByVariable(handler)).map(resolverOf));
  for (const route of routes) {
    const { handler, preemptedBy } = route;
    const resolver = resolverOf(route);
    if (!resolver || preemptedBy || handler.kind !== 'proxy' || isNamedByVariable(handler)) continue;
    const { host, upstream, word } = handler.target;
    if (upstream || host === unknown || !isLookedUp(host) || changesAddress(host)) continue;
    // One for a whole server may be there for OCSP; a name of one word is that of a container.
    const isMeant = route.scope.own('resolver').includes(resolver) || (asked.has(resolver) && !host.includes('.'));
    if (!isMeant || route.scope.own('ssl_stapling').length > 0) continue;
    report({
      message: 'resolver',
      at: placeIn(handler.directive, word),
      data: { host },
      related: [{ at: resolver, message: 'the resolver' }],
      how: `Name the host by a variable: "set $backend ${host};" and "proxy_pass http://$backend...;", or put it into an upstream with "resolve".`,
    });
  }
}

/** sslh looks hosts up when it reads its config, and since 2.0 for each connection where an entry asks for it. */
function checkEntries(context: Context): void {
  const checkHost = checkerOf(context, { when: 'when sslh starts', areWordsHosts: false });
  for (const entry of sslhConfig(context).protocols) {
    const [host, setting] = [stringIn(entry, 'host'), entry.settings.get('host')];
    if (host === undefined || !setting || entry.settings.has('resolve_on_forward') || entry.open) continue;
    if (isLookedUp(host) && !isTrue(entry, 'is_unix')) checkHost(host, setting, setting.args[0]!);
  }
}

interface Lookup {
  readonly when: string;
  /** A single word that names no upstream is a host. */
  readonly areWordsHosts: boolean;
}

function checkerOf({ options, report }: Context, { when, areWordsHosts }: Lookup): CheckHost {
  const isReported = (host: string): boolean => {
    if (options.hosts === 'all') return /^[\w.-]*\.[a-z][\w-]*$/i.test(host);
    if (options.hosts !== 'public') return false;
    return (areWordsHosts && /^[a-z][\w-]*$/i.test(host) && host !== 'localhost') || isPublicName(host);
  };
  return (host, directive, word) => {
    const at = placeIn(directive, word);
    if (changesAddress(host)) report({ message: 'once', at, data: { host, when } });
    else if (isReported(host)) report({ message: 'perhaps', at, data: { host, when }, severity: 'info' });
  };
}
