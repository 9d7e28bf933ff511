import type { Route } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { isHttp } from '../_shared/nginx-protocol.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { lineBreak, loneReturn, spoilersIn, type Spoiler } from './_line-breaks.ts';
import { lineHooks, type Message } from './_header-lines.ts';
import { encode, hasOpenQuery, placed, plainPath, witnessFor } from './_injected-lines.ts';

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
    needs: { apache: ['httpprotocoloptions', 'rewriterule', 'proxypassmatch'] },
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

      function check(directive: Directive, word: Word | undefined, message: Message, written = word?.value): void {
        if (!word || !written?.includes('$') || !isHttp(directive, config)) return;
        const found = spoilers(directive, written, lineBreak);
        if (found.length > 0) tell(directive, word, found, message);
        else if (message === 'response' && options.carriageReturn) checkCarriageReturn(directive, word);
      }

      function tell(directive: Directive, word: Word, found: readonly Spoiler[], message: Message): void {
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

      return { directives: lineHooks(check) };
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
  if (hasOpenQuery(match.pattern, word.value))
    report({ message: 'query', at: placeIn(handler.directive, word), data: { value: word.value } });
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
