import type { Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { isOwn, parametersOf } from '../../servers/apache/meaning/proxy-pass.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';
import { Workers, isPlainPass, normalise } from './_workers.ts';

export default defineRule({
  meta: {
    summary: 'Parameters of a ProxyPass that are ignored, because it has no worker of its own',
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
    socket:
      'Requests for "{{path}}" go to "{{first}}", not to "{{second}}": a worker is known by the URL behind the bar, and "{{url}}" has one already.',
    untilVersion:
      'Ignored before httpd 2.4.47: {{parameters}}. Until then a URL with groups of the pattern takes none.',
    noReuse: '"{{parameter}}" has no effect: the host in "{{url}}" comes from the request, so no connection is kept.',
    ignored: 'Ignored: {{parameters}}. This ProxyPass shares the worker of "{{url}}", which was defined first.',
  },
  check({ report, targets }) {
    function checkSocket(route: Route, workers: Workers): void {
      if (route.handler.kind !== 'proxy' || route.handler.directive.key !== 'proxypass') return;
      const { directive, target } = route.handler;
      const [, socket, url] = /^unix:([^|]+)\|([^$]+)$/i.exec(target.word.value) ?? [];
      if (socket === undefined || url === undefined || /[$%]/.test(socket)) return;
      const shared = workers.of(normalise(url));
      if (!shared) {
        workers.add({ url: normalise(url), directive, parameters: new Set(), socket });
        return;
      }
      if (shared.socket === undefined || shared.socket === socket || !holdsWith(shared.directive, directive)) return;
      report({
        message: 'socket',
        at: placeIn(directive, target.word),
        data: { path: route.match.pattern, first: shared.socket, second: socket, url: shared.url },
        related: [{ at: shared.directive, message: 'defines the worker' }],
        how: 'Give each socket a host of its own: "unix:/run/one.sock|http://one/", "unix:/run/two.sock|http://two/".',
      });
    }

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
      if (reuse && /\$\d/.test(readUrl(word.value).authority.text))
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
          checkSocket(route, sockets);
          checkPass(route, workers);
          checkMatch(route);
        }
      },
    };
  },
});
