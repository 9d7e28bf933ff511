import type { Route } from '../../model/model.ts';
import { readUrl } from '../../model/url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { addressOf } from '../../servers/nginx/meaning/listen.ts';
import { isLoopbackHost } from '../../model/network.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { destinationsOf, ownListeners } from '../../model/destinations.ts';
import { circlesOf, confidenceIn, nameOf, routeOf } from '../_shared/chains.ts';
import { listOf } from '../../text/words.ts';
import type { Hop } from '../../topology/follow.ts';
import { defineRule } from '../define-rule.ts';
import { keepsPath, answering } from './_answering-host.ts';

export default defineRule({
  meta: {
    summary: 'A server hands requests on to itself',
    why: 'Each request comes back as a new one and is handed on again, until all connections or workers are taken and the server answers nobody.',
    how: 'Name the address of the application that is meant, or let it listen on another port.',
    whenOff: 'Where the address leads to another machine on the way, which the text does not show.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    loop: '"{{target}}" is this very server, which hands the request on to itself without end.',
    ownName:
      '"{{target}}" is the name and port of this very virtual host: unless the name leads elsewhere on this machine, requests go round without end.',
    circle: 'What is handed to "{{target}}" comes back to this server over {{others}}, and goes round without end.',
    stream: '"{{target}}" is the address on which this server listens: it connects to itself without end.',
  },
  check({ config, dialect, model, topology, report }) {
    const said = new Set<Directive>();

    function say(message: 'loop' | 'stream', directive: Directive, word: Word, listens: readonly Directive[]): void {
      if (said.has(directive)) return;
      said.add(directive);
      const related = listens.slice(0, 1).map((at) => ({ at, message: 'listens here' }));
      report({ message, at: placeIn(directive, word), data: { target: word.value }, related });
    }

    function check(route: Route): void {
      const proxied = proxyRoute(route);
      if (!proxied || route.match.kind === 'condition' || route.conditions.length > 0 || !keepsPath(proxied)) return;
      const { directive, target } = proxied.handler;
      const all = destinationsOf(proxied.handler);
      // A group may have another server that answers.
      if (all.length !== Math.max(1, target.upstream?.servers.length ?? 1)) return;
      const reached = all.map(({ host, port, tls }) =>
        ownListeners(model, host, port).filter((listener) => listener.tls === tls && !listener.proxyProtocol),
      );
      const isLoop = reached.every(
        (listeners) =>
          listeners.length > 0 && listeners.every((listener) => answering(listener, proxied) === route.virtualHost),
      );
      if (isLoop) say('loop', directive, target.word, reached[0]![0]!.directives);
      else if (!target.upstream) checkName(proxied);
    }

    /** Which address a name has is not written in the config; clients come by it. */
    function checkName({ handler, virtualHost }: ProxyRoute): void {
      const { directive, target } = handler;
      const isOwn = destinationsOf(handler).some(({ host, port, tls }) => {
        const isNamed = virtualHost.names.some(({ kind, text }) => kind === 'exact' && text.toLowerCase() === host);
        return isNamed && virtualHost.listeners.some((listener) => listener.port === port && listener.tls === tls);
      });
      if (!isOwn || said.has(directive)) return;
      said.add(directive);
      const data = { target: target.word.value };
      report({ message: 'ownName', at: placeIn(directive, target.word), severity: 'info', confidence: 'medium', data });
    }

    /** nginx's stream: connections are passed on whatever they hold. */
    function checkStreams(): void {
      for (const stream of childrenNamed(config.file.root, 'stream'))
        for (const server of childrenNamed(stream.block, 'server')) checkStream(server);
    }

    function checkStream({ block }: Directive): void {
      const [pass] = childrenNamed(block, 'proxy_pass');
      const word = pass?.args[0];
      if (!pass || !word) return;
      const { host, port } = readUrl(word.value);
      if (!port?.isFixed || !host.isFixed || !isLoopbackHost(host.text)) return;
      const isUdp = ({ args }: Directive): boolean => args.some(({ value }) => value === 'udp');
      const own = childrenNamed(block, 'listen').filter((listen) => {
        const { address, port: listened } = addressOf(listen.args[0]?.value ?? '');
        const isHere = address === host.text || (address === '*' && !host.text.includes(':'));
        return isHere && listened === Number(port.text) && !isUdp(listen);
      });
      if (own.length > 0) say('stream', pass, word, own);
    }

    /** Over servers of other configs. */
    function checkCircle(hops: readonly Hop[]): void {
      const own = hops.find(({ member }) => member.config === config);
      const handler = own && routeOf(own)?.handler;
      const others = hops.filter(({ member }) => member.config !== config);
      if (handler?.kind !== 'proxy' || others.length === 0 || said.has(handler.directive)) return;
      said.add(handler.directive);
      const { directive, target } = handler;
      report({
        message: 'circle',
        at: placeIn(directive, target.word),
        confidence: confidenceIn(topology, { front: own!, back: others[0]! }),
        data: { target: target.word.value, others: listOf(others.map((hop) => nameOf(hop, own!))) },
      });
    }

    return {
      route: check,
      end() {
        if (dialect === 'nginx') checkStreams();
        if (topology.members.length > 1) for (const hops of circlesOf(topology)) checkCircle(hops);
      },
    };
  },
});
