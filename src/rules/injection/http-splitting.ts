import type { Edit } from '../../finding.ts';
import { locationMatch } from '../../ir/lower/nginx/match.ts';
import { clientBreaksLines, variablesOf, type ValueSource } from '../../ir/lower/nginx/variables.ts';
import type { Route } from '../../ir/model.ts';
import { captureGroups, isBounded, isNamePattern, matchesLineFeed } from '../../ir/regex/captures.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../ir/syntax.ts';
import { childrenNamed } from '../../ir/walk.ts';
import { isBefore } from '../../versions.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';
import { redirectUrl } from './_sinks.ts';

export default defineRule({
  meta: {
    summary: 'A client can put line breaks into a header, a redirect or the request to a backend',
    why: 'nginx decodes %0d%0a in the path and writes variables such as "$uri" as they are. A crafted link then adds headers of its own to the response (cookies, a second response), or a request of its own to the backend.',
    how: 'Use "$request_uri", which stays encoded, instead of "$uri"; capture with a class that excludes line breaks, such as "[^/\\r\\n]+".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://cwe.mitre.org/data/definitions/113.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_uri',
      'https://httpd.apache.org/security/vulnerabilities_24.html#CVE-2023-25690',
      'https://httpd.apache.org/docs/2.4/mod/core.html#httpprotocoloptions',
    ],
  },
  messages: {
    response: '{{variables}} can hold line breaks of the client, which end the header in "{{value}}" and begin others.',
    request:
      '{{variables}} can hold line breaks of the client, which end the line of the request to the backend in "{{value}}".',
    lenient:
      '"{{name}} {{value}}" accepts requests that are no HTTP, bare line breaks in headers included: proxies in front may read them otherwise.',
    query:
      'The pattern captures line breaks too, and before httpd 2.4.56 the query in "{{value}}" carries them into the request to the backend.',
  },
  check({ config, dialect, targets, report }) {
    function check(directive: Directive, word: Word | undefined, message: 'response' | 'request'): void {
      if (!word?.value.includes('$')) return;
      const found = breakers(directive, word.value);
      if (found.length === 0) return;
      const related = found
        .flatMap(({ source }) => source.through)
        .map((at) => ({ at, message: 'the value comes from here' }));
      const isPlain = found.every(({ text }) => plainPath.test(text));
      const witness = isPlain ? witnessFor(directive) : undefined;
      const common = {
        at: placeIn(directive, word),
        data: { variables: listOf(found.map(({ text }) => `"${text}"`)), value: word.value },
        related,
        ...(witness !== undefined && { witness }),
      };
      if (message === 'request') report({ ...common, message });
      else if (!isPlain || directive.key !== 'return') report({ ...common, message });
      else report({ ...common, message, fix: { title: 'Use "$request_uri"', edits: [encode(directive, word)] } });
    }

    function breakers(directive: Directive, value: string): { text: string; source: ValueSource }[] {
      const variables = variablesOf(config);
      const seen = new Set<string>();
      return [...value.matchAll(mention)].flatMap(([text]) => {
        // A rewrite encodes its numbered groups.
        if (seen.has(text) || (directive.key === 'rewrite' && /^\$\{?\d/.test(text))) return [];
        seen.add(text);
        const source = variables.sourceOf(text, directive);
        return clientBreaksLines(source) && !isConfined(source, directive) ? { text, source } : [];
      });
    }

    function checkApache(route: Route): void {
      const { directive, handler, match } = route;
      if (handler.kind !== 'proxy' || !targets.apache || !isBefore(targets.apache, '2.4.56')) return;
      if (/[[,]B\b/i.test(directive.args.at(-1)?.value ?? '')) return;
      const { word } = handler.target;
      const query = word.value.slice(word.value.indexOf('?') + 1 || word.value.length);
      const numbers = new Set([...query.matchAll(/\$(\d)/g)].map((reference) => Number(reference[1])));
      const isOpen = captureGroups(match.pattern).some(
        ({ number, text }) => numbers.has(number) && !isBounded(text) && !isNamePattern(text),
      );
      if (isOpen) report({ message: 'query', at: placeIn(handler.directive, word), data: { value: word.value } });
    }

    function checkProtocolOptions(directive: Directive): void {
      const word = directive.args.find(({ value }) => value.toLowerCase() === 'unsafe');
      if (!word) return;
      const at = placeIn(directive, word);
      report({
        message: 'lenient',
        at,
        severity: 'warning',
        data: { name: directive.name.value, value: word.value },
        why: 'Where two servers disagree about the end of a request, a client can hide a second one in it (request smuggling), or put headers of its own into a response.',
        how: 'Write "HttpProtocolOptions Strict", the default.',
        fix: { title: 'Accept HTTP only', edits: [{ place: at, text: 'Strict' }] },
      });
    }

    if (dialect === 'apache') return { route: checkApache, directives: { httpprotocoloptions: checkProtocolOptions } };
    const redirect = (directive: Directive): void => check(directive, redirectUrl(directive), 'response');
    const header = (directive: Directive): void => check(directive, directive.args[1], 'response');
    return {
      directives: {
        return: redirect,
        rewrite: redirect,
        add_header: header,
        add_trailer: header,
        error_page: (directive) => check(directive, errorRedirect(directive), 'response'),
        proxy_set_header: (directive) => check(directive, directive.args[1], 'request'),
        proxy_pass: (directive) => check(directive, directive.args[0], 'request'),
      },
    };
  },
});

const mention = /\$(?:\{\w+\}|\d|\w+)/g;
const plainPath = /^\$\{?(?:document_)?uri\}?$/;

/** `error_page 404 =301 https://example.com$uri`. */
function errorRedirect({ args }: Directive): Word | undefined {
  const last = args.at(-1);
  return last && /^https?:\/\/|^\$scheme/.test(last.value) ? last : undefined;
}

/** True where the location or a login leaves no room for line breaks. */
function isConfined({ roots }: ValueSource, at: Directive): boolean {
  if (roots.includes('remote_user')) return hasLogin(at);
  if (!roots.every((root) => root === 'uri' || root === 'document_uri')) return false;
  if (at.key === 'rewrite' && isWhole(at.args[0]!.value)) return true;
  for (let around: Directive | undefined = at; around; around = enclosing(around)) {
    if (around.key !== 'location') continue;
    const { kind, pattern } = locationMatch(around);
    return kind === 'exact' || (kind === 'regex' && isWhole(pattern));
  }
  return false;
}

/** True for a pattern that takes all of the path and no line break in it. */
function isWhole(pattern: string): boolean {
  return /^\^.*\$$/s.test(pattern) && !matchesLineFeed(pattern);
}

/** A login admits only names of its list, which hold no line breaks. */
function hasLogin(at: Directive): boolean {
  for (let around = enclosing(at); around; around = enclosing(around)) {
    const own = childrenNamed(around.block, 'auth_basic').at(-1);
    if (own) return own.args[0]?.value !== 'off';
  }
  return false;
}

function encode(directive: Directive, word: Word): Edit {
  const text = word.raw.replace(/\$\{?(?:document_)?uri\b\}?(?:\$is_args\$args)?/g, '$request_uri');
  return { place: placeIn(directive, word), text };
}

/** A path that gets to the directive; none where a regular expression decides. */
function witnessFor(directive: Directive): string | undefined {
  let path = '/';
  for (let around: Directive | undefined = directive; around; around = enclosing(around)) {
    if (around.key === 'if' || around.key === 'limit_except') return undefined;
    if (around.key !== 'location') continue;
    const { kind, pattern } = locationMatch(around);
    if (kind === 'regex' || kind === 'named' || !/^[\w/.-]+$/.test(pattern)) return undefined;
    path = pattern;
    break;
  }
  return `curl -si 'http://localhost${path}%0d%0aX-Injected:%201'`;
}
