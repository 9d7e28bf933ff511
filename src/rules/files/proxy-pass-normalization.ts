import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { unknown, type Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The backend gets a decoded and normalised path',
    why: 'With a path in proxy_pass, nginx decodes %2F and the like, resolves "../", and encodes anew: the backend sees another path than the client wrote, and paths with encoded slashes break.',
    how: 'Leave the path out of proxy_pass where the backend must see the request as it came.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['proxy_pass'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  },
  messages: {
    normalised: '"{{url}}" has the path "{{path}}", so the backend gets the rest of the path decoded and normalised.',
    decoded:
      '"{{url}}" is sent as it is written, and {{variables}} {{verb}} a part of the decoded and normalised path.',
  },
  check({ config, report }) {
    /** Variables of a URL that hold the path as nginx reads it; "$request_uri" holds it as it came. */
    function decodedParts(url: string, at: Directive): string[] {
      const variables = variablesOf(config);
      const names = [...new Set([...url.matchAll(/\$(?:\{\w+\}|\d|\w+)/g)].map(([name]) => name))];
      return names.flatMap((name) => {
        const { roots, charset } = variables.sourceOf(name, at);
        return roots.includes('uri') && charset !== 'name' ? `"${name}"` : [];
      });
    }

    function check({ handler, match, preemptedBy, directive }: Route): void {
      if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass' || preemptedBy) return;
      if (directive.key !== 'location') return;
      const { path, word } = handler.target;
      if (word.value.includes('$')) {
        const parts = isRaw(directive) ? [] : decodedParts(word.value, handler.directive);
        if (parts.length === 0) return;
        const data = { url: word.value, variables: listOf(parts), verb: parts.length === 1 ? 'holds' : 'hold' };
        report({ message: 'decoded', at: handler.directive, data });
        return;
      }
      // An exact location has no rest.
      if (!path || path === unknown || !match.kind.startsWith('prefix')) return;
      report({
        message: 'normalised',
        at: handler.directive,
        data: { url: word.value, path },
        witness: `curl --path-as-is 'http://host${/^[\w/.-]*$/.test(match.pattern) ? match.pattern : '/'}a%2Fb'`,
      });
    }

    return { route: check };
  },
});

/** "rewrite ^ $request_uri" puts the path as it came in the place of the decoded one; only in an "if" it may not run. */
function isRaw({ block }: Directive): boolean {
  return childrenNamed(block, 'rewrite').some(({ args }) => /^\$\{?request_uri\b/.test(args[1]?.value ?? ''));
}
