import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Encoded slashes are decoded before a request is proxied',
    why: 'With "On", Apache sends %2F to the backend as a plain slash, so that a path segment turns into two and names with slashes, such as those of packages or branches, are not found.',
    how: 'Set "AllowEncodedSlashes NoDecode" and add "nocanon" to the ProxyPass.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { apache: ['allowencodedslashes'] },
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowencodedslashes',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    decoded: '"AllowEncodedSlashes {{value}}" decodes %2F in what is proxied to "{{backend}}".',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      const allow = host.scope.effective('allowencodedslashes').at(-1);
      const value = allow?.args[0];
      const proxied = host.routes.find(({ handler }) => handler.kind === 'proxy' && !keepsPath(handler.directive));
      if (!allow || !value || !isOn(allow) || proxied?.handler.kind !== 'proxy') return;
      report({
        message: 'decoded',
        at: placeIn(allow, value),
        data: { value: value.value, backend: proxied.handler.target.word.value },
        related: [{ at: proxied.handler.directive, message: 'proxied here' }],
        witness: "curl --path-as-is 'http://host/a%2Fb'",
        fix: { title: 'Keep encoded slashes as they are', edits: [{ place: placeIn(allow, value), text: 'NoDecode' }] },
      });
    },
  }),
});

/** What the backend gets is the path as the client wrote it. */
function keepsPath({ args }: Directive): boolean {
  return args.some(({ value }) => /^(?:nocanon|mapping=\w+)$/i.test(value));
}
