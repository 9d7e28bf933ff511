/** Virtual hosts without TLS: what they serve, and whether their names are reached over TLS as well. */
import type { SourceFile } from '../../text/source.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Listener, Model, Route, VirtualHost } from '../../model/model.ts';

/** True where requests for `/` are surely answered by content, not by a redirect or a refusal. */
export function servesRoot({ routes, scope, directive }: VirtualHost): boolean {
  if (scope.open) return false;
  const root = routes.find(({ match, parent }) => !parent && isRoot(match));
  if (root) return isContent(root) && !root.scope.open;
  return scope.own('root').length > 0 && directive?.key === 'server';
}

function isRoot({ kind, pattern }: Route['match']): boolean {
  return kind === 'all' || ((kind === 'prefix' || kind === 'prefix-noregex') && pattern === '/');
}

/** Files of httpd may come with an .htaccess that redirects. */
function isContent({ handler, directive }: Route): boolean {
  return handler.kind === 'proxy' || (handler.kind === 'static' && directive.block?.kind === 'braces');
}

const listens = new WeakMap<Listener, ReadonlyMap<SourceFile, readonly Directive[]>>();

/** The first directive that makes the listener and stands in the host: one listener may have thousands of hosts. */
export function listenOf(listener: Listener, host: Directive): Directive | undefined {
  let byFile = listens.get(listener);
  if (!byFile) listens.set(listener, (byFile = sortedByFile(listener.directives)));
  const sorted = byFile.get(host.parent.file) ?? [];
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < host.start) low = middle + 1;
    else high = middle;
  }
  const first = sorted[low];
  return first && first.end <= host.end ? first : undefined;
}

function sortedByFile(directives: readonly Directive[]): Map<SourceFile, Directive[]> {
  const byFile = new Map<SourceFile, Directive[]>();
  for (const directive of directives) {
    const same = byFile.get(directive.parent.file);
    if (same) same.push(directive);
    else byFile.set(directive.parent.file, [directive]);
  }
  for (const same of byFile.values()) same.sort((a, b) => a.start - b.start);
  return byFile;
}

/** Exact names of hosts that are reached over TLS on port 443. */
export function namesOverTls({ virtualHosts }: Model): ReadonlyMap<string, VirtualHost> {
  const names = new Map<string, VirtualHost>();
  for (const host of virtualHosts) {
    if (host.overTls !== true || !host.directive || !host.listeners.some(({ port }) => port === 443)) continue;
    for (const { text, kind } of host.names) if (kind === 'exact' && text !== '_') names.set(text.toLowerCase(), host);
  }
  return names;
}
