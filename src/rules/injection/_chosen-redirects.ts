/** Redirects whose host the client chooses. */
import type { Severity } from '../finding.ts';
import type { Config } from '../../syntax/config.ts';
import type { Route } from '../../model/model.ts';
import { clientHostOfUrl, urlContextOf } from '../../servers/apache/meaning/url-host.ts';
import { clientHost } from '../../servers/nginx/meaning/url-host.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { isHttp } from '../_shared/nginx-protocol.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { readUrl } from '../../model/url.ts';
import { isTemplated } from '../../text/template/placeholder.ts';
import { isHttpUrl } from '../../model/scheme.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

export interface Found {
  readonly directive: Directive;
  readonly word: NonNullable<ReturnType<typeof redirectUrl>>;
  readonly variables: readonly string[];
  readonly related: readonly { at: Directive; message: string }[];
  readonly severity: Severity;
}

/** `https://host`, without anything behind it. */
export function isBareOrigin(text: string): boolean {
  const { authority, pathAndQuery } = readUrl(text);
  return isHttpUrl(text) && authority.isFixed && pathAndQuery.text === '';
}

export function isPath({ value }: Word): boolean {
  return value.startsWith('/');
}

/** A link cannot choose the name that its own request carries. */
const ownHost: ReadonlySet<string> = new Set(['host', 'http_host']);

/** What a link cannot set; a cache or a script can be made to. */
const isHeader = /^\$\{?(?:http|cookie)_/;

/** What a template puts in may be a whole origin, with its slash. */
function beginsInTemplate(text: string): boolean {
  return isTemplated(text.slice(0, 2)) || /^(?:\{\{|<%)/.test(text);
}

/** A `return` or `rewrite` of nginx; undefined where the host is not the client's. */
export function nginxRedirect(directive: Directive, config: Config): Found | undefined {
  const word = isHttp(directive, config) ? redirectUrl(directive) : undefined;
  if (!word?.value.includes('$') || word.value.startsWith('/')) return undefined;
  if (beginsInTemplate(word.value)) return undefined;
  const source = clientHost(word.value, directive, variablesOf(config), ownHost);
  if (!source || (source.isPartial && source.isName)) return undefined;
  const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
  const variables = source.variables.map((name) => `$${name}`);
  const severity = variables.every((name) => isHeader.test(name)) ? 'warning' : 'error';
  return { directive, word, variables, related, severity };
}

/** A redirect of httpd; undefined where the host is not the client's. */
export function apacheRedirect(route: Route, config: Config): Found | undefined {
  const { handler } = route;
  if (handler.kind !== 'redirect' || !handler.to) return undefined;
  const { to: word, directive } = handler;
  if (word.value.startsWith('/') || word.value === '-') return undefined;
  if (beginsInTemplate(word.value)) return undefined;
  const around = urlContextOf(route, config, false);
  // A relative target of a rewrite is a path of this server.
  if (directive.key === 'rewriterule' && around.isPerDirectory && !isHttpUrl(word.value) && !word.value.startsWith('%'))
    return undefined;
  const source = clientHostOfUrl(word.value, around);
  if (!source || (source.isPartial && source.isName)) return undefined;
  const severity = source.roots.every((name) => /^%\{HTTP/i.test(name)) ? 'warning' : 'error';
  const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
  return { directive, word, variables: source.references, related, severity };
}
