import type { Route } from '../../model/model.ts';
import { isPlaceholder } from '../../servers/nginx/meaning/placeholder.ts';
import { variablesOf, type Variables } from '../../servers/nginx/meaning/variables.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isAuxiliary, isStaticPath } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { resolvedTargets, uriOf } from './_variable-targets.ts';

export default defineRule({
  meta: {
    summary: 'A proxy_pass with a variable and a URI, which drops the path or the arguments of the request',
    why: 'With a variable in proxy_pass nginx replaces nothing: the URI that stands there is sent as it is, for every request, without the rest of the path and without the arguments.',
    how: 'Write no URI behind the host and change the path by "rewrite ... break;", or write out what is to be sent: "proxy_pass http://$backend/base$uri$is_args$args;", behind a capture "$1$is_args$args".',
    whenOff: 'Where all requests are meant to reach the one URL that is written.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ proxy_pass: /\$/ }] },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  messages: {
    path: 'Every request is sent to "{{uri}}": with a variable in proxy_pass neither the rest of the path nor the arguments are added.',
    arguments:
      'The arguments of the request are dropped: with a variable in proxy_pass only what stands there is sent, and that is "{{uri}}".',
  },
  check({ config, report }) {
    const variables = variablesOf(config);
    const seen = new Set<Directive>();

    function check(route: Route): void {
      const { handler, match } = route;
      if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass' || seen.has(handler.directive)) return;
      const { value } = handler.target.word;
      // What a template puts in is no variable.
      if (!value.includes('$') || isPlaceholder(value) || match.kind === 'named' || isAuxiliary(route)) return;
      seen.add(handler.directive);
      const losses = resolvedTargets(handler.target.word.value, handler.directive, variables).map(({ text, at }) =>
        lossOf(uriOf(text, at, variables), at, variables),
      );
      const [loss] = losses;
      if (!loss || losses.some((other) => other?.message !== loss.message)) return;
      const at = placeIn(handler.directive, handler.target.word);
      const data = { uri: loss.uri };
      if (loss.message === 'arguments') {
        if (!isStaticPath(route)) report({ message: 'arguments', at, data, confidence: 'medium' });
      } else if (takesManyPaths(route)) report({ message: 'path', at, data, ...certaintyOf(route, loss.uri) });
    }

    return {
      route(route) {
        if (!route.internal && !route.preemptedBy) check(route);
      },
    };
  },
});

interface Loss {
  readonly message: 'path' | 'arguments';
  readonly uri: string;
}

const pathVariables = /^(?:uri|document_uri|request_filename|fastcgi_script_name)$/;
const argumentVariables = /^(?:request_uri|request|args|query_string|is_args|arg_\w+)$/;

/** What a URI that is sent as it stands lacks; undefined: nothing, or it cannot be told. */
function lossOf(uri: string | undefined, at: Directive, variables: Variables): Loss | undefined {
  if (uri === undefined) return undefined;
  const names = [...uri.matchAll(/\$(?:\{(\w+)\}|(\d)|(\w+))/g)].map((match) => (match[1] ?? match[2] ?? match[3])!);
  if (names.length === 0) return { message: 'path', uri };
  if (uri.includes('?')) return undefined;
  const sources = names.map((name) => variables.sourceOf(`$${name}`, at));
  if (sources.some(({ control }) => control === 'unknown')) return undefined;
  const all = [...names, ...sources.flatMap(({ roots }) => roots)].map((name) => name.toLowerCase());
  const hasPath = all.some((name) => pathVariables.test(name));
  return hasPath && !all.some((name) => argumentVariables.test(name)) ? { message: 'arguments', uri } : undefined;
}

/** Whether requests for different paths get here. */
function takesManyPaths({ match, parent }: Route): boolean {
  const { kind, pattern } = match.kind === 'condition' && parent ? parent.match : match;
  if (kind === 'exact' || kind === 'condition') return false;
  return kind !== 'regex' || !/^\^(?:[\w/-]|\\.)*\$$/.test(pattern);
}

/** A path without a slash at its end, at a location without one, may well be a single resource. */
function certaintyOf({ match }: Route, uri: string): { severity?: 'info'; confidence: 'high' | 'medium' | 'low' } {
  if (uri.endsWith('/')) return { confidence: 'high' };
  return match.pattern.endsWith('/') ? { confidence: 'medium' } : { severity: 'info', confidence: 'low' };
}
