import { toBytes } from '../../text/bytes.ts';
import { everything, locationMatch } from '../../servers/nginx/meaning/match.ts';
import type { Match, VirtualHost } from '../../model/model.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { readUrl, type UrlPart } from '../../model/url.ts';
import { schemeOf } from '../../model/scheme.ts';
import type { Place } from '../../text/source.ts';
import { HostsByDirective } from '../_shared/redirects.ts';
import { nginxTls, apacheTls, nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = { downgrade: 'Clients that came over TLS are sent to "{{to}}".' } as const;

export default defineRule({
  meta: {
    summary: 'A redirect leads clients of a site with TLS back to plain HTTP',
    why: 'The next request, with its cookies and its path, crosses the network in the clear; whoever sits between can answer it.',
    how: 'Redirect to "https://", or to a path alone.',
    whenOff: 'Where the target has no HTTPS.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxTls, nginxRedirects], apache: [apacheTls, apacheRedirects] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
      'https://cwe.mitre.org/data/definitions/319.html',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const redirects: Redirect[] = [];
      const collect = (directive: Directive): void => {
        const to = directive.args.find(({ value }) => schemeOf(value) === 'http');
        if (to) redirects.push({ directive, to });
      };
      return {
        directives: { return: collect, rewrite: collect },
        end() {
          const hosts = new HostsByDirective(context.model.virtualHosts);
          for (const redirect of redirects) {
            const host = hosts.around(redirect.directive);
            if (host) check(context, host, redirect, matchOf(redirect.directive));
          }
        },
      };
    },
    apache: (context) => ({
      virtualHost(host) {
        for (const { handler, match } of host.routes)
          if (handler.kind === 'redirect' && handler.to)
            check(context, host, { directive: handler.directive, to: handler.to }, match);
      },
    }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

interface Redirect {
  readonly directive: Directive;
  readonly to: Word;
}

function check({ report }: Context, host: VirtualHost, { directive, to }: Redirect, match: Match): void {
  if (host.overTls !== true || schemeOf(to.value) !== 'http' || !isOwnName(host, to.value)) return;
  const at = placeIn(directive, to);
  const data = { to: to.value };
  if (mayComeBack(match, to.value)) return report({ message: 'downgrade', at, data });
  const start = to.start + to.raw.toLowerCase().indexOf('http:');
  const { scheme, port } = readUrl(to.raw.slice(start - to.start, to.quote === '' ? undefined : -1));
  const place = (from: number, end: number): Place => placeIn(directive, { start: start + from, end: start + end });
  const edits = [{ place: place(scheme!.end, scheme!.end), text: 's' }];
  if (port?.text === '80') edits.push({ place: place(port.start - 1, port.end), text: '' });
  const fix = { title: 'Redirect to "https://"', edits };
  report({ message: 'downgrade', at, data, fix });
}

/** What nginx answers with this redirect; what an `if` decides may be anything. */
function matchOf(directive: Directive): Match {
  const [pattern] = directive.args;
  if (directive.key === 'rewrite' && pattern) return { kind: 'regex', pattern: pattern.value, caseInsensitive: false };
  const level = enclosing(directive);
  return level?.key === 'location' ? locationMatch(level) : everything;
}

/** Over TLS the same redirect could answer the path that it leads to, without end. */
function mayComeBack({ kind, pattern, caseInsensitive }: Match, url: string): boolean {
  const path = pathOf(url);
  if (/[$%]/.test(path)) return true;
  if (kind === 'exact') return path === pattern;
  if (kind === 'prefix' || kind === 'prefix-noregex') return path.startsWith(pattern);
  return kind !== 'regex' || compilePcre(toBytes(pattern), caseInsensitive)?.matches(toBytes(path)) !== false;
}

/** A capture without a slash before it is a path too. */
function pathOf(url: string): string {
  const { authority, path } = readUrl(url);
  return path.text || authority.text.slice(bareAuthority(authority).length) || '/';
}

function bareAuthority({ text }: UrlPart): string {
  return text.replace(/\$\{?\d.*$/s, '');
}

/** The host of a URL is one of the names of this virtual host, or the one that was asked for; on its default port. */
function isOwnName({ names }: VirtualHost, url: string): boolean {
  const authority = bareAuthority(readUrl(url).authority).toLowerCase();
  if (/^(?:\$\{?(?:host|http_host|server_name)\}?|%\{(?:http_host|server_name)\})$/.test(authority)) return true;
  const host = authority.replace(/:80$/, '');
  return names.some(({ text, kind }) => kind === 'exact' && text.toLowerCase() === host);
}
