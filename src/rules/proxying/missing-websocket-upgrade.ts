import type { VirtualHost, WebSocketGap } from '../../model/model.ts';
import { outerFileOf, type SourceFile } from '../../text/source.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { walk } from '../../syntax/walk.ts';
import {
  backendKey,
  backendName,
  isAuxiliary,
  isForeign,
  isStaticPath,
  proxyRoute,
  type ProxyRoute,
} from '../_shared/backends.ts';
import { listOf } from '../../text/words.ts';
import { isBefore } from '../../model/versions.ts';
import { wordsAfter, type Offer } from '../../edits/lines.ts';
import { everything, regexPaths } from '../../servers/apache/meaning/paths.ts';
import { mentionsWebSockets } from '../../facts/websocket-applications.ts';
import { defineRule } from '../define-rule.ts';
import { bareVariables } from '../../servers/nginx/meaning/values.ts';

export default defineRule({
  meta: {
    summary: 'A virtual host proxies to a backend without passing the WebSocket upgrade on, or passes on half of it',
    why: 'Upgrade and Connection concern one hop and are not passed on by themselves, so WebSocket connections to this backend fail.',
    how: 'nginx: "proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;" and "proxy_set_header Connection $connection_upgrade;" with a map from $http_upgrade. Apache: "ProxyPass ... upgrade=websocket" (since 2.4.47) or a ws:// target. If the application has no WebSockets, switch the rule off here.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/websocket.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#wsupgrade',
      'https://www.rfc-editor.org/rfc/rfc6455',
    ],
  },
  messages: {
    missing: 'Nothing in this virtual host passes a WebSocket upgrade on to the backend "{{backend}}".',
    halfDone: 'The WebSocket upgrade to the backend "{{backend}}" is only half done: {{gaps}}.',
    halfDoneByDefault:
      'The WebSocket upgrade to the backend "{{backend}}" is only half done before version {{since}}: {{gaps}}.',
    unusedMap:
      'The map makes "{{variable}}" for WebSocket upgrades, but nothing uses it, so no upgrade reaches a backend.',
  },
  check({ config, dialect, model, targets, report }) {
    const upgradeMaps: Directive[] = [];
    let missing = 0;

    function checkHost(host: VirtualHost): void {
      const groups = [...byBackend(host)];
      // A virtual host that passes upgrades on to another backend seldom forgot this one.
      const knows = groups.some((routes) => routes.some(({ backend }) => backend.websocket.state === 'full'));
      for (const routes of groups) checkBackend(routes, knows);
    }

    function checkBackend(routes: readonly ProxyRoute[], knows: boolean): void {
      const states = new Set(routes.map(({ backend }) => backend.websocket.state));
      if (states.has('full') || states.has('unknown')) return;
      const half = routes.find(({ backend }) => backend.websocket.state === 'partial');
      if (half) reportHalf(half);
      else reportMissing(routes, knows);
    }

    function reportMissing(routes: readonly ProxyRoute[], knows: boolean): void {
      // Who asks a server for it that is too old for that has the finding of upgrade-parameter-version.
      if (routes.some(({ backend, handler }) => backend.certainty === 'unread' || asksForUpgrade(handler.directive)))
        return;
      const candidates = routes.filter((candidate) => mayUpgrade(candidate));
      const likely = candidates.find((candidate) => isSite(candidate) || socketPath.test(candidate.match.pattern));
      // A pattern picks single resources, such as the calls of an interface.
      const route = likely ?? candidates.find(({ match }) => match.kind !== 'regex');
      if (!route) return;
      missing++;
      const isExpected = likely !== undefined && !knows && speaksOfWebSockets(route);
      const isDoubtful = !isExpected || route.backend.certainty === 'surroundings';
      report({
        message: 'missing',
        at: route.handler.directive,
        severity: isExpected ? 'warning' : 'info',
        confidence: isDoubtful ? 'low' : 'medium',
        data: { backend: backendName(route.handler.target) },
        ...upgradeFix(route),
      });
    }

    /** httpd from 2.4.47 on needs one word; in nginx it takes a map and more. */
    function upgradeFix({ handler: { directive, target } }: ProxyRoute): Offer {
      const isOld = targets.apache !== undefined && isBefore(targets.apache, '2.4.47');
      const isPlain = directive.key === 'proxypass' && /^https?:\/\//i.test(target.word.value);
      if (!isPlain || isOld || directive.args.some(({ value }) => /^upgrade=/i.test(value))) return {};
      return { fix: { title: 'Pass the upgrade on', edits: [wordsAfter(directive, 'upgrade=websocket')] } };
    }

    function reportHalf({ handler, backend }: ProxyRoute): void {
      const gaps = backend.websocket.missing;
      const wrong = gaps.find(({ value }) => value !== undefined);
      const data = { backend: backendName(handler.target), gaps: listOf(gaps.map(describe)) };
      const at = wrong?.at ?? handler.directive;
      const related = gaps
        .filter((gap) => gap.at !== at)
        .map((gap) => ({ at: gap.at, message: 'this does a part of the upgrade' }));
      const common = { at, severity: 'error', why: halfWhy, related } as const;
      const since = gaps.length === 1 ? gaps[0]!.defaultSince : undefined;
      const isOpen = gaps.every(({ certainty }) => certainty === 'surroundings');
      if (since === undefined) {
        report({ message: 'halfDone', ...common, confidence: isOpen ? 'medium' : 'high', data });
      } else {
        const confidence = isOpen ? 'low' : 'medium';
        report({ message: 'halfDoneByDefault', ...common, confidence, data: { ...data, since } });
      }
    }

    function reportUnusedMaps(): void {
      if (missing === 0 || config.files.some(({ problems }) => problems.some(({ partial }) => partial))) return;
      if (model.virtualHosts.some(({ scope }) => scope.outer?.open)) return;
      for (const map of upgradeMaps) {
        const variable = map.args[1]!;
        if (isUsed(variable.value.slice(1), map, config.file.root)) continue;
        const confidence = config.level === 'main' ? 'high' : 'medium';
        const at = placeIn(map, variable);
        report({ message: 'unusedMap', at, severity: 'error', confidence, data: { variable: variable.value } });
      }
    }

    return {
      virtualHost: checkHost,
      directives: {
        map(directive) {
          const [source, variable] = directive.args;
          if (dialect !== 'nginx' || bareVariables(source?.value ?? '') !== '$http_upgrade') return;
          if (/^\$\w+$/.test(variable?.value ?? '') && directive.block) upgradeMaps.push(directive);
        },
      },
      end: reportUnusedMaps,
    };
  },
});

function asksForUpgrade({ args }: Directive): boolean {
  return args.some(({ value }) => /^upgrade=(?:websocket|any)$/i.test(value));
}

const halfWhy =
  'A WebSocket connection needs every part of the upgrade; with one part missing or wrong the backend refuses it.';

function byBackend(host: VirtualHost): Iterable<ProxyRoute[]> {
  const routes = new Map<string, ProxyRoute[]>();
  for (const route of host.routes) {
    const proxied = proxyRoute(route);
    if (!proxied) continue;
    const key = backendKey(proxied.handler.target);
    const group = routes.get(key);
    if (group) group.push(proxied);
    else routes.set(key, [proxied]);
  }
  return routes.values();
}

const known = new WeakMap<SourceFile | Directive, boolean>();

/**
 * Looks for what may tell which application it is in the document around the config, or in the virtual host and the text before it.
 * Each text is looked through once: there may be thousands of routes in it.
 */
function speaksOfWebSockets({ virtualHost, directive }: ProxyRoute): boolean {
  const { file } = directive.parent;
  const { text, path, outer } = file;
  const isDocument = outer?.kind === 'document';
  const host = virtualHost.directive?.parent.file === file ? virtualHost.directive : undefined;
  const key = isDocument ? outerFileOf(outer) : (host ?? file);
  let speaks = known.get(key);
  if (speaks === undefined) {
    const around = host ? text.slice(Math.max(0, host.start - commentLength), host.end) : text;
    known.set(key, (speaks = mentionsWebSockets(isDocument ? outer.text : `${path}\n${around}`)));
  }
  return speaks;
}

/** Comments that say what a virtual host is for stand right before it. */
const commentLength = 300;

/** Whether all of a site is the backend's: an application is behind it, not only some part of one. */
function isSite({ match }: ProxyRoute): boolean {
  if (match.kind === 'regex') return regexPaths(match.pattern) === everything;
  return match.kind === 'all' || match.kind === 'condition' || match.pattern === '/';
}

const socketPath = /(?:^|[^a-z])(?:wss?|websockets?|sockets?|sockjs|signalr|cable|realtime)(?:$|[^a-z])/i;

/** A single URL, a probe, static files and a service of somebody else are no places for a WebSocket. */
function mayUpgrade(route: ProxyRoute): boolean {
  return route.match.kind !== 'exact' && !isAuxiliary(route) && !isStaticPath(route) && !isForeign(route);
}

function describe({ what, value }: WebSocketGap): string {
  const name = { 'upgrade-header': '"Upgrade"', 'connection-header': '"Connection"', 'http-version': 'HTTP/1.1' }[what];
  if (value === undefined)
    return what === 'http-version' ? 'the backend is not spoken to in HTTP/1.1' : `${name} is not passed on`;
  return what === 'http-version' ? `the backend is spoken to in HTTP/${value}` : `${name} is "${value}"`;
}

function isUsed(variable: string, map: Directive, root: Parameters<typeof walk>[0]): boolean {
  const mention = new RegExp(`\\$(?:${variable}\\b|\\{${variable}\\})`);
  let used = false;
  walk(root, (directive) => {
    used ||= directive !== map && directive.args.some(({ value }) => mention.test(value));
  });
  return used;
}
