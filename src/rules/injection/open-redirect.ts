import type { Severity } from '../finding.ts';
import { clientHost } from '../../servers/nginx/meaning/url-host.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { Route } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { clientHostOfUrl, urlContextOf } from '../../servers/apache/meaning/url-host.ts';
import { listOf } from '../../text/words.ts';
import { isHttp } from '../_shared/nginx-protocol.ts';
import { extendedHost, isHttpUrl, readUrl } from '../../model/url.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

const messages = {
  glued:
    'The rest of the path follows "{{target}}" without a slash: "{{path}}.evil.example" redirects to "{{target}}.evil.example".',
  chosen: 'A client chooses the site to which "{{target}}" redirects: it comes from {{variables}}.',
  extended:
    'A client can extend the host in "{{target}}": {{variables}} follows it without a slash, so that "{{host}}" becomes the beginning of another name.',
} as const;

export default defineRule({
  meta: {
    summary: 'A link to this server can redirect to any other site',
    why: 'The link shows a name that people trust and leads to a site of an attacker: for phishing, and to steal tokens that a login appends to its redirect.',
    how: 'Write scheme and host as fixed text and put a slash behind the host: "https://example.com/$1". Where the target must vary, let a "map" pick among known ones.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxRedirects, apache: apacheRedirects },
    fixable: 'unsafe',
    references: [
      'https://cwe.mitre.org/data/definitions/601.html',
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const check = (directive: Directive): void => checkNginx(context, directive);
      return { directives: { return: check, rewrite: check } };
    },
    apache: (context) => ({
      route(route) {
        checkApache(context, route);
        checkPrefix(context, route);
      },
    }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'config' | 'report'>;

function checkNginx(context: Context, directive: Directive): void {
  const word = isHttp(directive, context.config) ? redirectUrl(directive) : undefined;
  if (!word?.value.includes('$') || word.value.startsWith('/')) return;
  const source = clientHost(word.value, directive, variablesOf(context.config), ownHost);
  if (!source || (source.isPartial && source.isName)) return;
  const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
  const variables = source.variables.map((name) => `$${name}`);
  const severity = variables.every((name) => isHeader.test(name)) ? 'warning' : 'error';
  tell(context, { directive, word, variables, related, severity });
}

function checkApache(context: Context, route: Route): void {
  const { handler } = route;
  if (handler.kind !== 'redirect' || !handler.to) return;
  const { to: word, directive } = handler;
  if (word.value.startsWith('/') || word.value === '-') return;
  const around = urlContextOf(route, context.config, false);
  // A relative target of a rewrite is a path of this server.
  if (directive.key === 'rewriterule' && around.isPerDirectory && !/^(?:https?:|%)/i.test(word.value)) return;
  const source = clientHostOfUrl(word.value, around);
  if (!source || (source.isPartial && source.isName)) return;
  const severity = source.roots.every((name) => /^%\{HTTP/i.test(name)) ? 'warning' : 'error';
  const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
  tell(context, { directive, word, variables: source.references, related, severity });
}

/** `Redirect / https://host`: what comes behind the slash of the path is put behind the host. */
function checkPrefix({ report }: Context, { handler, match, directive }: Route): void {
  if (handler.kind !== 'redirect' || !handler.to || match.kind !== 'prefix' || !match.pattern.endsWith('/')) return;
  const { to: word } = handler;
  if (!/^redirect(?:permanent|temp)?$/.test(directive.key) || !directive.args.some(isPath)) return;
  if (!isBareOrigin(word.value)) return;
  const at = placeIn(directive, word);
  const end = word.end - (word.quote === '' ? 0 : 1);
  report({
    message: 'glued',
    at,
    data: { target: word.value, path: match.pattern },
    how: 'End both with a slash: "Redirect / https://example.com/".',
    witness: `curl -i 'http://host${match.pattern}.evil.example'`,
    fix: { title: 'Add the final slash', edits: [{ place: { ...at, start: end, end }, text: '/' }] },
  });
}

interface Found {
  readonly directive: Directive;
  readonly word: NonNullable<ReturnType<typeof redirectUrl>>;
  readonly variables: readonly string[];
  readonly related: readonly { at: Directive; message: string }[];
  readonly severity: Severity;
}

function tell({ report }: Context, found: Found): void {
  const { directive, word, related, severity } = found;
  const url = readUrl(word.value);
  const host = extendedHost(url) ?? /^\$(?:(?:http_)?host|\{(?:http_)?host\})(?=[$%])/i.exec(url.authority.text)?.[0];
  const at = placeIn(directive, word);
  const data = { target: word.value, variables: listOf(found.variables.map((name) => `"${name}"`)) };
  if (host === undefined) report({ message: 'chosen', at, data, related, severity });
  else {
    const end = at.start + word.raw.indexOf(host) + host.length;
    const fix = { title: 'Put a slash behind the host', edits: [{ place: { ...at, start: end, end }, text: '/' }] };
    report({
      message: 'extended',
      at,
      data: { ...data, host },
      related,
      severity,
      // Elsewhere the text itself mostly begins with a slash, which would be doubled.
      ...(directive.args.some(({ value }) => /^\^\/?\(/.test(value)) && { fix }),
    });
  }
}

/** `https://host`, without anything behind it. */
function isBareOrigin(text: string): boolean {
  const { authority, pathAndQuery } = readUrl(text);
  return isHttpUrl(text) && authority.isFixed && pathAndQuery.text === '';
}

function isPath({ value }: Word): boolean {
  return value.startsWith('/');
}

/** A link cannot choose the name that its own request carries. */
const ownHost: ReadonlySet<string> = new Set(['host', 'http_host']);
/** What a link cannot set; a cache or a script can be made to. */
const isHeader = /^\$\{?(?:http|cookie)_/;
