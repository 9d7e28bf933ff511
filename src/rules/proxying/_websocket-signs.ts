/** What tells that a backend uses WebSockets, or that it does not. */
import { outerFileOf, type SourceFile, type Span } from '../../text/source.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isAuxiliary, isForeign, isSite, isStaticPath, type ProxyRoute } from '../_shared/backends.ts';
import { mentionsWebSockets, webSocketMentions } from '../../facts/applications/websocket-mentions.ts';

const known = new WeakMap<SourceFile | Directive, boolean>();

/**
 * Looks for what may tell which application it is in the document around the config, or in the virtual host and the text before it.
 * Each text is looked through once: there may be thousands of routes in it.
 */
export function speaksOfWebSockets({ virtualHost, directive }: ProxyRoute): boolean {
  const { file } = directive.parent;
  const { text, path, outer } = file;
  const isDocument = outer?.kind === 'document';
  const host = virtualHost.directive?.parent.file === file ? virtualHost.directive : undefined;
  const key = isDocument ? outerFileOf(outer) : (host ?? file);
  let speaks = known.get(key);
  if (speaks === undefined) {
    if (isDocument) speaks = mentionsWebSockets(outer.text);
    else {
      const around = host ? { start: host.start - commentLength, end: host.end } : { start: 0, end: text.length };
      speaks = mentionsWebSockets(path) || hasOneIn(mentionsIn(file), around);
    }
    known.set(key, speaks);
  }
  return speaks;
}

const mentions = new WeakMap<SourceFile, readonly Span[]>();

/** A file is looked through once for all its virtual hosts. */
function mentionsIn(file: SourceFile): readonly Span[] {
  let found = mentions.get(file);
  if (!found) mentions.set(file, (found = webSocketMentions(file.text)));
  return found;
}

function hasOneIn(spans: readonly Span[], { start, end }: Span): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && spans[low]!.end <= end;
}

/** Comments that say what a virtual host is for stand right before it. */
const commentLength = 300;

const socketPath = /(?:^|[^a-z])(?:wss?|websockets?|sockets?|sockjs|signalr|cable|realtime)(?:$|[^a-z])/i;

/** The path, or the pattern for it, names what WebSockets are used for. */
function isSocketPath(path: string): boolean {
  return socketPath.test(path);
}

/** A single URL, a probe, static files and a service of somebody else are no places for a WebSocket. */
function mayUpgrade(route: ProxyRoute): boolean {
  return route.match.kind !== 'exact' && !isAuxiliary(route) && !isStaticPath(route) && !isForeign(route);
}

/** The route to a backend by which WebSockets would come: for all of a site or under a telling name, else any that does not exclude them. */
export function likeliest(routes: readonly ProxyRoute[]): { route: ProxyRoute | undefined; isLikely: boolean } {
  const candidates = routes.filter((candidate) => mayUpgrade(candidate));
  const likely = candidates.find((candidate) => isSite(candidate) || isSocketPath(candidate.match.pattern));
  // A pattern picks single resources, such as the calls of an interface.
  const route = likely ?? candidates.find(({ match }) => match.kind !== 'regex');
  return { route, isLikely: likely !== undefined };
}
