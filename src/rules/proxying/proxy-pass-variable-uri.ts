import type { Route } from '../../model/model.ts';
import { placeIn, type Word } from '../../syntax/tree.ts';
import { isStaticPath, proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A proxy_pass with variables whose URI drops a part of the request',
    why: 'With a variable in it nginx sends the URI of proxy_pass as it is written: neither the rest of the path nor the arguments of the request are added, as they are without variables.',
    how: 'Leave the URI out, so that the request goes on as it came, or name all of it: "$request_uri", or "$1$is_args$args" behind groups of the pattern.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  messages: {
    path: 'Every request gets to the backend as "{{uri}}": with a variable in "{{target}}" its URI replaces the whole path and the arguments.',
    arguments:
      'The arguments of requests are lost: with a variable in "{{target}}" its URI is all that the backend gets.',
  },
  check: ({ report }) => ({
    route(route) {
      const proxied = proxyRoute(route);
      const uri = proxied && uriBehindVariable(proxied.handler.target.word);
      if (!proxied || uri === undefined || proxied.handler.directive.key !== 'proxy_pass') return;
      const lost = lostPart(uri, proxied);
      if (!lost) return;
      const { directive, target } = proxied.handler;
      const common = { at: placeIn(directive, target.word), witness: witnessFor(route) };
      if (lost === 'path') report({ ...common, message: 'path', data: { uri, target: target.word.value } });
      else report({ ...common, message: 'arguments', confidence: 'medium', data: { target: target.word.value } });
    },
  }),
});

/** The URI of a target that has a variable anywhere; undefined where it is not written, or where a variable may hold it. */
function uriBehindVariable({ value }: Word): string | undefined {
  if (!value.includes('$') || value.includes('unix:')) return undefined;
  return /^(?:\w+|\$scheme):\/\/(?:[\w.:-]|\$\w+|\$\{\w+\}|\[[\d:a-f]+\])+?(\/.*|\$\{?(?:document_)?uri\b.*)$/s.exec(
    value,
  )?.[1];
}

const holdsArguments = /\$\{?(?:request_uri|request|is_args|args|query_string|arg_\w+)\b|\?/;
const pathPart = /\$(?:\d|\{\d\}|\{?(?:document_)?uri\b\}?)/g;

function lostPart(uri: string, route: ProxyRoute): 'path' | 'arguments' | undefined {
  if (holdsArguments.test(uri)) return undefined;
  // What another variable holds is not known.
  if (/\$/.test(uri.replaceAll(pathPart, ''))) return undefined;
  const { match } = route;
  if (!uri.includes('$') && match.kind !== 'exact') return mayHaveRest(route) ? 'path' : undefined;
  return isStaticPath(route) || isFile(route) ? undefined : 'arguments';
}

/** A pattern for files, which need no arguments; scripts do. */
function isFile({ match }: Route): boolean {
  const extensions = /\\\.\(?(?:\?:)?([\w|?]+)\)*\$$/.exec(match.pattern)?.[1];
  return extensions !== undefined && !/php|asp|jsp|cgi|do\b/.test(extensions);
}

/** The location takes more than one path; a pattern that is one path does not. */
function mayHaveRest({ match }: Route): boolean {
  return (
    match.kind === 'all' ||
    match.kind.startsWith('prefix') ||
    (match.kind === 'regex' && /[*+]|^[^$]*$/.test(match.pattern))
  );
}

function witnessFor({ match }: Route): string {
  const path = match.kind.startsWith('prefix') || match.kind === 'exact' ? match.pattern : '/path';
  return `curl -i 'http://host${path}${match.kind === 'exact' || path.endsWith('/') ? '' : '/'}${match.kind === 'exact' ? '' : 'x'}?a=1'`;
}
