import type { Edit } from '../finding.ts';
import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import type { Route } from '../../model/model.ts';
import { moreHeaderWords } from '../../servers/nginx/meaning/more-headers.ts';
import { captureGroups, isBounded, isNamePattern } from '../../regex/captures.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { listOf } from '../../text/words.ts';
import { isHttp } from '../_shared/nginx-protocol.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { lineBreak, loneReturn, spoilersIn, type Spoiler } from './_line-breaks.ts';
import { argumentsForProxy, errorRedirect } from './_sinks.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

const messages = {
  response: '{{variables}} can hold line breaks of the client, which end the header in "{{value}}" and begin others.',
  request:
    '{{variables}} can hold line breaks of the client, which end the line of the request to the backend in "{{value}}".',
  lenient:
    '"{{name}} {{value}}" accepts requests that are no HTTP, bare line breaks in headers included: proxies in front may read them otherwise.',
  carriageReturn:
    '{{variables}} can hold a carriage return of the client in "{{value}}", which some clients take for the end of a header.',
  query:
    'The pattern captures line breaks too, and before httpd 2.4.56 the query in "{{value}}" carries them into the request to the backend.',
} as const;

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
    needs: { apache: ['httpprotocoloptions', 'rewriterule', 'redirectmatch', 'header', 'requestheader'] },
    fixable: 'unsafe',
    options: {
      carriageReturn: {
        type: 'boolean',
        default: false,
        description:
          'Report values for responses that can hold CR but no LF, which only few clients take for the end of a line.',
      },
    },
    pedanticOptions: { carriageReturn: true },
    references: [
      'https://cwe.mitre.org/data/definitions/113.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_uri',
      'https://httpd.apache.org/security/vulnerabilities_24.html#CVE-2023-25690',
      'https://httpd.apache.org/docs/2.4/mod/core.html#httpprotocoloptions',
    ],
  },
  messages,
  check: {
    nginx: ({ config, options, report }) => {
      const spoilers = spoilersIn(config);

      function check(
        directive: Directive,
        word: Word | undefined,
        message: 'response' | 'request',
        written = word?.value,
      ): void {
        if (!word || !written?.includes('$') || !isHttp(directive, config)) return;
        const found = spoilers(directive, written, lineBreak);
        if (found.length > 0) tell(directive, word, found, message);
        else if (message === 'response' && options.carriageReturn) checkCarriageReturn(directive, word);
      }

      function tell(
        directive: Directive,
        word: Word,
        found: readonly Spoiler[],
        message: 'response' | 'request',
      ): void {
        const isPlain = found.every(({ text }) => plainPath.test(text));
        const witness = isPlain ? witnessFor(directive) : undefined;
        const common = { ...placed(directive, word, found), ...(witness !== undefined && { witness }) };
        if (message === 'request') report({ ...common, message });
        else if (!isPlain || directive.key !== 'return') report({ ...common, message });
        else report({ ...common, message, fix: { title: 'Use "$request_uri"', edits: [encode(directive, word)] } });
      }

      function checkCarriageReturn(directive: Directive, word: Word): void {
        const found = spoilers(directive, word.value, loneReturn);
        if (found.length === 0) return;
        const common = placed(directive, word, found);
        report({ ...common, message: 'carriageReturn', severity: 'info', confidence: 'low' });
      }

      const header = (directive: Directive): void => check(directive, directive.args[1], 'response');
      const moreHeaders =
        (message: 'response' | 'request') =>
        (directive: Directive): void =>
          moreHeaderWords(directive).forEach((word) => check(directive, word, message));
      return {
        directives: {
          return: (directive) => check(directive, redirectUrl(directive), 'response'),
          rewrite: (directive) => {
            const url = redirectUrl(directive);
            if (url) check(directive, url, 'response');
            else check(directive, directive.args[1], 'request', argumentsForProxy(directive));
          },
          add_header: header,
          add_trailer: header,
          proxy_redirect: header,
          more_set_headers: moreHeaders('response'),
          more_set_input_headers: moreHeaders('request'),
          error_page: (directive) => check(directive, errorRedirect(directive), 'response'),
          proxy_set_header: (directive) => check(directive, directive.args[1], 'request'),
          proxy_pass: (directive) => check(directive, directive.args[0], 'request'),
        },
      };
    },
    apache: (context) => ({
      route: (route) => checkApache(context, route),
      directives: { httpprotocoloptions: (directive) => checkProtocolOptions(context, directive) },
    }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'targets' | 'report'>;

function checkApache({ targets, report }: Context, route: Route): void {
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

function checkProtocolOptions({ report }: Context, directive: Directive): void {
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

function placed(directive: Directive, word: Word, found: readonly Spoiler[]) {
  return {
    at: placeIn(directive, word),
    data: { variables: listOf(found.map(({ text }) => `"${text}"`)), value: word.value },
    related: found.flatMap(({ source }) => source.through).map((at) => ({ at, message: 'the value comes from here' })),
  };
}

const plainPath = /^\$\{?(?:document_)?uri\}?$/;

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
