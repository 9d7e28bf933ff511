import { unknown, type Route, type Scope } from '../../model/model.ts';
import { Environment } from '../../servers/apache/meaning/environment.ts';
import { valuesOf } from '../../servers/nginx/meaning/value-set.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { backendName } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { originFault } from './_cors-origins.ts';
import {
  mayChangeHeaders,
  readResponseHeader,
  responseHeaderKeys,
  responseHeaders,
  type ResponseHeader,
} from './_response-headers.ts';

export default defineRule({
  meta: {
    summary: 'An Access-Control-Allow-Origin that browsers take for no origin, or that errors go without',
    why: 'Browsers compare the header with the origin of the page, letter by letter: one scheme, one host, the port where it is not the usual one. A list, a path or a pattern equals none, and every request from another site is refused.',
    how: {
      nginx:
        'Send back the origin where it is one of yours: "map $http_origin $cors { ~^https://(a|b)\\.example\\.com$ $http_origin; }" and "add_header Access-Control-Allow-Origin $cors;".',
      apache:
        'Send back the origin where it is one of yours: "SetEnvIf Origin ^https://(a|b)\\.example\\.com$ CORS=$0" and "Header set Access-Control-Allow-Origin %{CORS}e env=CORS".',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: responseHeaderKeys,
    references: ['https://fetch.spec.whatwg.org/#cors-check', 'https://www.rfc-editor.org/rfc/rfc6454#section-6.2'],
  },
  messages: {
    list: 'Browsers take a single origin, not the list "{{value}}": they refuse the answer.',
    pattern: 'A "*" stands alone or not at all: "{{value}}" is the origin of no page.',
    path: 'An origin has no path, not even a slash: "{{value}}" is the origin of no page.',
    scheme: 'An origin begins with its scheme: "{{value}}" is the origin of no page.',
    port: 'Browsers leave the usual port out: "{{value}}" is the origin of no page.',
    capitals: 'Browsers write origins in lower case: "{{value}}" is the origin of no page.',
    errors:
      'Errors of "{{backend}}" go without this header: browsers tell the page of a CORS failure in place of the status.',
    credentials:
      'With "Access-Control-Allow-Credentials: true" browsers do not take "*" for an origin: requests with cookies are refused.',
  },
  check({ config, dialect, report, targets }) {
    let environment: Environment | undefined;
    const told = new Set<Directive>();

    /** All that the header may be; none where that is not known. */
    function valuesIn({ value, word, directive }: ResponseHeader): readonly string[] {
      if (dialect === 'apache') {
        const text = word.value.includes('${')
          ? (environment ??= new Environment(config, targets)).text(word)
          : word.value;
        return text === unknown || /^expr=|%\{/i.test(text) ? [] : [text];
      }
      if (!value.includes('$')) return [value];
      const values = valuesOf(value, directive, variablesOf(config).definitions);
      return values === unknown ? [] : values.map(({ text }) => text);
    }

    function check(directive: Directive): void {
      for (const header of readResponseHeader(directive)) {
        if (header.name !== allowOrigin) continue;
        for (const value of valuesIn(header)) {
          const fault = originFault(value);
          if (!fault) continue;
          report({ message: fault, at: placeIn(directive, header.word), data: { value } });
          break;
        }
      }
    }

    function checkCredentials(scope: Scope): void {
      const headers = responseHeaders(scope, dialect).filter(({ conditional }) => !conditional);
      const origin = headers.find(({ name, value }) => name === allowOrigin && value.trim() === '*');
      if (!origin || told.has(origin.directive)) return;
      const credentials = headers.find(
        ({ name, value }) => name === allowCredentials && value.trim().toLowerCase() === 'true',
      );
      if (!credentials) return;
      told.add(origin.directive);
      report({
        message: 'credentials',
        at: placeIn(origin.directive, origin.word),
        related: [{ at: credentials.directive, message: 'allows credentials' }],
      });
    }

    /** In httpd "Header set" holds for the errors of a backend, too. */
    function checkErrors({ scope, handler }: Route): void {
      if (dialect !== 'nginx' || handler.kind !== 'proxy') return;
      const header = responseHeaders(scope, dialect).find(({ name }) => name === allowOrigin);
      if (!header || header.always || header.directive.key !== 'add_header' || told.has(header.directive)) return;
      if (valuesIn(header).some(originFault)) return;
      told.add(header.directive);
      report({
        message: 'errors',
        at: header.directive,
        severity: 'info',
        confidence: 'medium',
        data: { backend: backendName(handler.target) },
        why: 'Without "always" nginx adds a header to 200, 201, 204, 206 and 301 to 308 alone. A page of another site cannot read what 401, 404 or 500 say, nor see the status.',
        how: 'Add "always" at the end.',
      });
    }

    return {
      directives: { add_header: check, more_set_headers: check, header: check },
      virtualHost: ({ scope }) => checkCredentials(scope),
      route(route) {
        if (mayChangeHeaders(route.scope, dialect)) checkCredentials(route.scope);
        checkErrors(route);
      },
    };
  },
});

const allowOrigin = 'access-control-allow-origin';
const allowCredentials = 'access-control-allow-credentials';
