import type { Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { isOwn, parametersOf } from '../../servers/apache/meaning/proxy-pass.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPass without a worker of its own, whose parameters or socket are ignored',
    why: 'Apache keeps one worker for a backend URL and all longer URLs that begin with it. Timeouts and other parameters belong to the worker, so only those of the first ProxyPass count. A URL with groups of a pattern has no worker before 2.4.47, and keeps no connection where they name the host.',
    how: 'Give the parameters at the first ProxyPass of this backend, or put the longer URL first, so that it gets a worker of its own.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#workers',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassmatch',
    ],
  },
  messages: {
    untilVersion:
      'Ignored before httpd 2.4.47: {{parameters}}. Until then a URL with groups of the pattern takes none.',
    noReuse: '"{{parameter}}" has no effect: the host in "{{url}}" comes from the request, so no connection is kept.',
    socket:
      'Requests for "{{path}}" go to the socket "{{first}}": both backends have the URL "{{url}}", and so one worker.',
    ignored: 'Ignored: {{parameters}}. This ProxyPass shares the worker of "{{url}}", which was defined first.',
  },
  check({ report, targets }) {
    function checkPass(route: Route, workers: Workers): void {
      if (route.handler.kind !== 'proxy' || !isPlainPass(route)) return;
      const { directive, target } = route.handler;
      const url = normalise(target.word.value);
      const words = parametersOf(directive, target.word);
      const shared = workers.of(url);
      if (!shared) {
        workers.add({ url, directive, parameters: new Set(words.map((word) => word.value.toLowerCase())) });
        return;
      }
      const ignored = words.filter((word) => !shared.parameters.has(word.value.toLowerCase()));
      if (ignored.length === 0 || !holdsWith(shared.directive, directive)) return;
      report({
        message: 'ignored',
        at: placeIn(directive, { start: ignored[0]!.start, end: ignored.at(-1)!.end }),
        data: { parameters: listOf(ignored.map((word) => `"${word.value}"`)), url: shared.url },
        related: [{ at: shared.directive, message: 'defines the worker' }],
      });
    }

    /** Behind a socket the host of the URL means nothing but a name, by which the worker is known. */
    function checkSocket(route: Route, sockets: Workers): void {
      if (route.handler.kind !== 'proxy' || route.handler.directive.key !== 'proxypass') return;
      const { directive, target } = route.handler;
      const [, socket, written] = /^unix:([^|$]+)\|([^$]+)$/i.exec(target.word.value) ?? [];
      if (socket === undefined || written === undefined) return;
      const url = normalise(written);
      const shared = sockets.of(url);
      if (!shared) sockets.add({ url, directive, parameters: new Set([socket]) });
      else if (!shared.parameters.has(socket) && holdsWith(shared.directive, directive))
        report({
          message: 'socket',
          at: placeIn(directive, target.word),
          severity: 'error',
          data: { path: route.match.pattern, first: [...shared.parameters][0]!, url: shared.url },
          related: [{ at: shared.directive, message: 'defines the worker' }],
          how: 'Give each its own host: "unix:/run/two.sock|http://two/".',
        });
    }

    function checkMatch({ handler }: Route): void {
      if (handler.kind !== 'proxy' || handler.directive.key !== 'proxypassmatch') return;
      const { directive, target } = handler;
      const { word } = target;
      const words = parametersOf(directive, word);
      const [first] = words;
      if (!first || !/\$\d/.test(word.value)) return;
      if (targets.apache && isBefore(targets.apache, '2.4.47')) {
        const parameters = listOf(words.map(({ value }) => `"${value}"`));
        const at = placeIn(directive, { start: first.start, end: words.at(-1)!.end });
        report({ message: 'untilVersion', at, data: { parameters } });
        return;
      }
      const reuse = words.find(({ value }) => /^enablereuse=on$/i.test(value));
      if (reuse && /^[^:]+:\/\/[^/]*\$\d/.test(word.value))
        report({
          message: 'noReuse',
          at: placeIn(directive, reuse),
          data: { parameter: reuse.value, url: word.value },
        });
    }

    return {
      virtualHost(host) {
        const workers = new Workers();
        const sockets = new Workers();
        for (const route of host.routes) {
          if (!isOwn(route, host)) continue;
          checkPass(route, workers);
          checkSocket(route, sockets);
          checkMatch(route);
        }
      },
    };
  },
});

interface Worker {
  readonly url: string;
  readonly directive: Directive;
  /** `key=value`, lower-cased; of a socket its path. */
  readonly parameters: ReadonlySet<string>;
}

/** The workers of a virtual host: no URL of one begins with that of another. */
class Workers {
  readonly #byUrl = new Map<string, Worker>();
  readonly #lengths = new Set<number>();

  add(worker: Worker): void {
    this.#byUrl.set(worker.url, worker);
    this.#lengths.add(worker.url.length);
  }

  /** The worker whose URL the given one begins with. */
  of(url: string): Worker | undefined {
    for (const length of this.#lengths) {
      const worker = length <= url.length ? this.#byUrl.get(url.slice(0, length)) : undefined;
      if (worker) return worker;
    }
    return undefined;
  }
}

/** Workers of expressions and of balancers follow other rules. */
function isPlainPass({ handler }: Route): boolean {
  return (
    handler.kind === 'proxy' &&
    handler.directive.key === 'proxypass' &&
    /^(?:https?|ajp|fcgi|wss?|h2c?|s?cgi|uwsgi):\/\/[^$]+$/i.test(handler.target.word.value)
  );
}

/** Scheme and host in lower case, as the server compares them. */
function normalise(url: string): string {
  return url.replace(/^[^:]+:\/\/[^/]*/, (origin) => origin.toLowerCase());
}
