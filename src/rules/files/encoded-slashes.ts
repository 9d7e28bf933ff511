import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { ask } from '../../requests/ask.ts';
import { requestTo } from '../../requests/request-to.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Encoded slashes are decoded, or escaped twice, before a request is proxied',
    why: 'With "On", Apache sends %2F to the backend as a plain slash, so that a path segment turns into two and names with slashes, such as those of packages or branches, are not found. With "NoDecode" and without "nocanon" it sends %252F where a section such as <Location> holds for the path.',
    how: 'Set "AllowEncodedSlashes NoDecode" and add "nocanon" to the ProxyPass.',
    whenOff: 'Where no path of the backend has a slash inside a name.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    options: {
      decoded: { type: 'boolean', default: false, description: 'Report "AllowEncodedSlashes On", too.' },
    },
    pedanticOptions: { decoded: true },
    needs: { apache: ['allowencodedslashes'] },
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowencodedslashes',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    twice:
      'Without "nocanon" the backend "{{backend}}" gets "%252F" for the "%2F" that "AllowEncodedSlashes NoDecode" keeps: a section holds for the path.',
    decoded: '"AllowEncodedSlashes {{value}}" decodes %2F in what is proxied to "{{backend}}".',
  },
  check({ config, model, targets, options, report }) {
    const told = new Set<Directive>();

    /** Where a section holds for the path, httpd forgets on the way to the backend that encoded slashes are kept. */
    function escapesTwice(host: VirtualHost, path: string): boolean {
      const request = requestTo(host, host.listeners[0], `${path.replace(/\/$/, '')}/a%2Fb`);
      if (!request) return false;
      const { outcome } = ask({ config, model, targets }, request);
      return outcome.kind === 'proxy' && outcome.uri.includes('%252F');
    }

    function checkEscapes(host: VirtualHost, allow: Directive): void {
      for (const { handler, match } of host.routes) {
        if (handler.kind !== 'proxy' || handler.protocol !== 'http') continue;
        const { directive, target } = handler;
        if (!directive.key.startsWith('proxypass') || keepsPath(directive) || told.has(directive)) continue;
        if (match.kind !== 'prefix' || !escapesTwice(host, match.pattern)) continue;
        told.add(directive);
        report({
          message: 'twice',
          at: placeIn(directive, target.word),
          data: { backend: target.word.value },
          related: [{ at: allow, message: 'keeps encoded slashes' }],
          how: 'Add "nocanon" to the ProxyPass.',
          witness: "curl --path-as-is 'http://host/a%2Fb'",
          fix: { title: 'Add "nocanon"', edits: [{ place: behind(directive, target.word), text: ' nocanon' }] },
        });
      }
    }

    function checkDecoded({ routes }: VirtualHost, allow: Directive, value: Word): void {
      const proxied = routes.find(({ handler }) => handler.kind === 'proxy' && !keepsPath(handler.directive));
      if (proxied?.handler.kind !== 'proxy') return;
      report({
        message: 'decoded',
        at: placeIn(allow, value),
        data: { value: value.value, backend: proxied.handler.target.word.value },
        related: [{ at: proxied.handler.directive, message: 'proxied here' }],
        witness: "curl --path-as-is 'http://host/a%2Fb'",
        fix: { title: 'Keep encoded slashes as they are', edits: [{ place: placeIn(allow, value), text: 'NoDecode' }] },
      });
    }

    return {
      virtualHost(host) {
        const allow = host.scope.effective('allowencodedslashes').at(-1);
        const value = allow?.args[0];
        if (!allow || !value) return;
        if (/^nodecode$/i.test(value.value)) checkEscapes(host, allow);
        else if (options.decoded && isOn(allow)) checkDecoded(host, allow, value);
      },
    };
  },
});

function behind(directive: Directive, { end }: Word): Place {
  return { ...placeIn(directive, directive), start: end, end };
}

/** What the backend gets is the path as the client wrote it. */
function keepsPath({ args }: Directive): boolean {
  return args.some(({ value }) => /^(?:nocanon|mapping=\w+)$/i.test(value));
}
